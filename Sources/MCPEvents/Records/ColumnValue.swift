/// A value on its way into a column.
package enum ColumnValue: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  /// JSON text, on one line.
  case json(String)
  /// A JSON object whose members replace those of the one that is there (RFC 7396).
  case mergedJSON(String)
}

extension ColumnValue {
  /// The value, JSON text without white space around it and without line breaks.
  var onOneLine: Self {
    switch self {
    case .null, .integer, .text: self
    case .json(let text): .json(Self.onOneLine(text))
    case .mergedJSON(let text): .mergedJSON(Self.onOneLine(text))
    }
  }

  private static func onOneLine(_ json: String) -> String {
    let isBroken = json.utf8.contains(where: \.isLineBreak)
    guard isBroken || json.utf8.first?.isSpace == true || json.utf8.last?.isSpace == true
    else { return json }
    let bytes = json.utf8.map { $0.isLineBreak ? UInt8(ascii: " ") : $0 }
    let start = bytes.firstIndex { !$0.isSpace } ?? bytes.endIndex
    let end = bytes.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? start
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self <= 0x20 }
}
