/// Names of JSON keys with dots between them, by which values are replaced wholly.
///
/// The path may begin at any depth of a line, because every agent wraps its calls differently:
/// `env.*` finds `{"params":{"arguments":{"env":{"A":1}}}}`. `*` is any one name. Arrays do not
/// count: their elements stand where the array stands. `arguments` also means `args`, `input`,
/// `tool_input` and `parameters`, the names that agents have for it. JSON inside a string is looked
/// into. A dot or a star in a name is written `\.` and `\*`.
struct RedactionPath: Hashable, Sendable {
  private enum Component: Hashable, Sendable {
    case any
    case anyOf([[UInt8]])
  }

  private static let namesOfArguments = ["arguments", "args", "input", "tool_input", "parameters"]

  private var components: [Component] = []

  var count: Int { components.count }

  init(parsing text: Substring) throws(RedactionPolicyError) {
    var name = ""
    var isLiteral = false
    var iterator = text.makeIterator()
    while let character = iterator.next() {
      if character == "\\", let escaped = iterator.next() {
        name.append(escaped)
        isLiteral = true
      } else if character == "." {
        try add(name, isLiteral: isLiteral, of: text)
        (name, isLiteral) = ("", false)
      } else {
        name.append(character)
      }
    }
    try add(name, isLiteral: isLiteral, of: text)
    guard components.contains(where: { $0 != .any }) else {
      throw RedactionPolicyError(.badPath, "the path '\(text)' needs at least one name")
    }
  }

  private mutating func add(
    _ name: String,
    isLiteral: Bool,
    of path: Substring
  ) throws(RedactionPolicyError) {
    guard !name.isEmpty else {
      throw RedactionPolicyError(.badPath, "the path '\(path)' has an empty name")
    }
    if name == "*", !isLiteral {
      components.append(.any)
    } else if name == "arguments", !isLiteral {
      components.append(.anyOf(Self.namesOfArguments.map { Array($0.utf8) }))
    } else {
      components.append(.anyOf([Array(name.utf8)]))
    }
  }

  /// Whether the component at `index` is `key`, given without its JSON escapes.
  func matches(_ key: [UInt8], at index: Int) -> Bool {
    switch components[index] {
    case .any: true
    case .anyOf(let names): names.contains(key)
    }
  }
}
