/// A labelled line: what stands in it, and which part of that is a secret.
struct RedactionSample: Sendable, CustomStringConvertible {
  /// What the sample is an example of.
  let label: String

  let line: String

  /// The secret parts of the line; none in a negative.
  let secrets: [String]

  /// The line with a mark of any kind, written `¤`, in place of each secret.
  var expected: String {
    secrets.reduce(line) { $0.replacing($1, with: "¤") }
  }

  var description: String { "\(label): \(line.prefix(300))" }
}

extension String {
  /// The text with `¤` in place of every mark.
  var withoutMarkKinds: String {
    var result = ""
    var rest = self[...]
    while let start = rest.range(of: "[REDACTED:"),
      let end = rest[start.upperBound...].firstIndex(of: "]")
    {
      result += rest[..<start.lowerBound] + "¤"
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private func range(of text: String) -> Range<Index>? { self[...].range(of: text) }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Index>? {
    firstRange(of: text)
  }
}

/// The ways in which text gets into a line.
enum RedactionContext: CaseIterable, Sendable {
  case resultText, commandOutput, nestedJSON, plainText, arrayItem

  func line(with text: String) -> String {
    switch self {
    case .resultText:
      #"{"type":"tool_result","tool_use_id":"toolu_01","content":"\#(escaped(text))"}"#
    case .commandOutput:
      #"{"stdout":"\u001b[32mok\u001b[0m\n\#(escaped(text))\ndone\n","exit_code":0}"#
    case .nestedJSON:
      #"{"arguments":"{\"path\":\"a.txt\",\"text\":\"\#(escaped(escaped(text)))\"}","n":1}"#
    case .plainText: "2026-01-05 09:00:04 INFO \(text) (done)"
    case .arrayItem: #"{"argv":["sh","-c","\#(escaped(text))"],"cwd":"/work"}"#
    }
  }

  private func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }
}
