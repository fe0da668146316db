internal import MCPEvents

/// A JSON value that is to be written into a text.
indirect enum JSONNode {
  case string(String)
  case number(Int)
  case array([JSONNode])
  case object([(key: String, value: JSONNode)])

  /// The value's text.
  ///
  /// - Parameters:
  ///   - layout: How the text around it looks.
  ///   - indentation: What the line begins with on which the value is put.
  /// - Returns: JSON that ends without a line feed.
  func text(_ layout: JSONLayout, at indentation: String) -> String {
    let inner = indentation + layout.unit
    return switch self {
    case .string(let text): JSONText.quoted(text)
    case .number(let number): "\(number)"
    case .array(let elements):
      layout.enclosing(elements.map { $0.text(layout, at: inner) }, in: "[]", at: indentation)
    case .object(let members):
      layout.enclosing(
        members.map { layout.member($0.key, $0.value.text(layout, at: inner)) },
        in: "{}",
        at: indentation
      )
    }
  }
}

/// How a JSON text is laid out.
struct JSONLayout {
  /// What ends a line; nil when everything stands on one.
  var newline: String?
  /// By how much a container's items are indented.
  var unit = "  "
  /// Whether a space follows colons and commas.
  var isSpaced = true

  /// What stands between two items on one line, besides the comma.
  var gap: String { isSpaced ? " " : "" }

  /// A member of an object.
  func member(_ key: String, _ value: String) -> String {
    JSONText.quoted(key) + ":" + gap + value
  }

  /// Items between brackets.
  ///
  /// - Parameters:
  ///   - items: Their texts.
  ///   - brackets: The two of them.
  ///   - indentation: What the line begins with on which the first bracket stands.
  /// - Returns: The container's text.
  func enclosing(_ items: [String], in brackets: String, at indentation: String) -> String {
    let (open, close) = (String(brackets.prefix(1)), String(brackets.suffix(1)))
    guard !items.isEmpty else { return brackets }
    guard let newline else { return open + items.joined(separator: "," + gap) + close }
    let line = newline + indentation
    return open + line + unit + items.joined(separator: "," + line + unit) + line + close
  }
}
