import Foundation
import MCPAdapters

private let secretRedactor = Redactor(.secrets)

/// The line with its secrets replaced, and how many there were.
func redacted(_ line: String, _ policy: RedactionPolicy? = nil) -> (line: String, hits: Int) {
  // A copy of one redactor: the tables of the built-in rules are made once.
  var redactor = policy.map { Redactor($0) } ?? secretRedactor
  return redactor.redacted(line)
}

extension Redactor {
  mutating func redacted(_ line: String) -> (line: String, hits: Int) {
    var output: [UInt8] = []
    let hits = redact(Array(line.utf8).span, into: &output)
    return (hits == 0 ? line : String(decoding: output, as: UTF8.self), hits)
  }

  mutating func redacted(_ bytes: [UInt8]) -> (bytes: [UInt8], hits: Int) {
    var output: [UInt8] = []
    let hits = redact(bytes.span, into: &output)
    return (hits == 0 ? bytes : output, hits)
  }
}

extension [UInt8] {
  /// The bytes of JSON outside its strings, the quotes included: what no redaction may change.
  var outsideStrings: [UInt8] {
    var output: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in self {
      let isQuote = byte == UInt8(ascii: "\"") && !isEscaped
      if !isInString || isQuote { output.append(byte) }
      isEscaped = isInString && byte == UInt8(ascii: "\\") && !isEscaped
      if isQuote { isInString.toggle() }
    }
    return output
  }

  /// Whether another reader than ours takes the bytes for JSON.
  var isJSON: Bool {
    (try? JSONSerialization.jsonObject(with: Data(self), options: .fragmentsAllowed)) != nil
  }
}
