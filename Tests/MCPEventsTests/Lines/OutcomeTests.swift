import MCPEvents
import Testing

@Suite struct `Success and outcome` {
  private func outcome(_ success: String?, _ outcome: String?) -> Result<Outcome, LineRejection> {
    let members = [
      success.map { #","success":\#($0)"# }, outcome.map { #","outcome":\#($0)"# },
    ].compactMap(\.self).joined()
    let line = #"{"instance_id":"i","tool_name":"t"\#(members)}"#
    return Result { () throws(LineRejection) in try event(line).row.outcome }
  }

  @Test(arguments: Outcome.allCases)
  func `agree, or the line is rejected`(named: Outcome) throws {
    let word = "\"\(named.rawValue)\""
    #expect(try outcome(nil, word).get() == named)
    #expect(try outcome("null", word).get() == named)
    for success in [true, false] {
      let result = outcome("\(success)", word)
      if success == (named == .ok) {
        #expect(try result.get() == named)
      } else {
        #expect(throws: LineRejection.self) { try result.get() }
        #expect(rejection(try result.get())?.code == .contradiction)
      }
    }
  }

  @Test func `stand for each other`() throws {
    #expect(try outcome("true", nil).get() == .ok)
    #expect(try outcome("false", nil).get() == .error)
    #expect(try outcome("true", "null").get() == .ok)
    #expect(try outcome(nil, #""input\u005frequired""#).get() == .inputRequired)
  }

  @Test func `must not both be missing`() {
    #expect(rejection(try outcome(nil, nil).get())?.code == .missingField)
    #expect(rejection(try outcome("null", "null").get())?.code == .missingField)
  }

  @Test(arguments: [("\"true\"", nil), ("1", nil), ("true", "7")] as [(String, String?)])
  func `have their types`(success: String, named: String?) {
    #expect(rejection(try outcome(success, named).get())?.code == .wrongType)
  }

  @Test(arguments: ["Ok", "", "ok ", "success", "inputrequired", "cancellee"])
  func `are words of a closed list`(word: String) {
    let rejection = rejection(try outcome(nil, "\"\(word)\"").get())
    #expect(rejection?.code == .invalidValue)
    #expect(
      rejection?.message
        == "'outcome' must be one of ok, error, denied, cancelled, timeout, incomplete, input_required, unknown"
    )
  }
}
