import MCPEvents
import Testing

@Suite struct `Unknown keys` {
  @Test(arguments: [
    (#""x":1"#, #"{"x":1}"#),
    (#""x" : [ 1 , 2 ] , "\u00e9":"\n""#, #"{"x":[ 1 , 2 ],"\u00e9":"\n"}"#),
    (#""x":1,"x":2"#, #"{"x":1,"x":2}"#), (#""x":null"#, #"{"x":null}"#), (#""":0"#, #"{"":0}"#),
    (#""type":"t""#, #"{"type":"t"}"#), (#""Metadata":{}"#, #"{"Metadata":{}}"#),
    (#""extra":{"a":1}"#, #"{"a":1}"#), (#""extra":{ "a" : 1 }"#, #"{ "a" : 1 }"#),
    (#""extra":{ "a" : 1 },"x":2"#, #"{"a" : 1,"x":2}"#),
    (#""x":2,"extra":{"a":1}"#, #"{"a":1,"x":2}"#),
    (#""extra":{ },"x":2"#, #"{"x":2}"#), (#""extra":{}"#, "{}"),
    (#""extra":null,"x":2"#, #"{"x":2}"#),
    (#""extra":{"a":{}},"x":{},"y":{"z":[]}"#, #"{"a":{},"x":{},"y":{"z":[]}}"#),
  ])
  func `are kept in extra`(members: String, expected: String) throws {
    #expect(try event(with: members).extra == expected)
  }

  @Test func `are none without them`() throws {
    #expect(try event(with: #""extra":null"#).extra == nil)
    #expect(try event(with: #""call_id":"1""#).extra == nil)
  }

  @Test(arguments: [(510, true), (511, false)])
  func `that nest too deep for a line of their own are rejected`(depth: Int, isTaken: Bool) throws {
    let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let rejection = rejection(try event(with: #""x":\#(value)"#))
    #expect(rejection?.code == (isTaken ? nil : .tooDeep))
    if isTaken {
      let decoded = try event(with: #""x":\#(value)"#)
      #expect(try event(decoded.line()).extra == decoded.extra)
    }
  }

  @Test func `in a given extra may nest as deep as the line`() throws {
    let value = String(repeating: "[", count: 510) + String(repeating: "]", count: 510)
    #expect(try event(with: #""extra":{"x":\#(value)}"#).extra == #"{"x":\#(value)}"#)
  }
}
