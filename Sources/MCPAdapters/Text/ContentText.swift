internal import MCPEvents

/// Finds the readable text in the shapes in which agents give results.
enum ContentText {
  private static let depthLimit = 8

  /// The text of a string, a block, a list of blocks or an object that contains them; `nil` when
  /// there is none.
  static func text(of value: JSONValue?, depth: Int = 0) -> String? {
    guard let value, depth < depthLimit else { return nil }
    switch value.kind {
    case .string: return value.string
    case .array:
      let parts = value.elements.compactMap { part($0, depth) }
      return parts.isEmpty ? nil : parts.joined(separator: "\n")
    case .object: return part(value, depth)
    case .number, .true, .false, .null: return nil
    }
  }

  private static func part(_ block: JSONValue, _ depth: Int) -> String? {
    guard block.isObject else { return block.string }
    if let text = block["text"] { return text.string ?? text["text"]?.string }
    if let resource = block["resource"] {
      return resource["text"]?.string ?? mark("resource", resource["uri"])
    }
    if let content = block["content"], content.isContent {
      return text(of: content, depth: depth + 1)
    }
    guard let type = block["type"]?.string else { return nil }
    return mark(type, block["uri"] ?? block["tool_name"] ?? block["mimeType"])
  }

  /// What stands for a block that is no text.
  private static func mark(_ type: String, _ detail: JSONValue?) -> String {
    "[" + type.prefix(utf8: 64) + (detail?.string.map { " " + $0.prefix(utf8: 256) } ?? "") + "]"
  }
}

extension JSONValue {
  fileprivate var isContent: Bool { kind == .string || kind == .array }
}
