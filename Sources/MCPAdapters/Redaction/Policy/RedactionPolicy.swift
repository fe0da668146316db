/// What is replaced before anything is stored: the value of `--redact`.
///
/// The argument is a list of items with commas between them:
/// - `secrets`: the built-in rules; `none`: nothing, alone.
/// - `path:arguments.env.*`: the values at a path of JSON keys, see `RedactionPath`.
/// - `pattern:acme_[A-Za-z0-9]{20}`: text of the user's own shape, see `SecretPattern`.
///
/// A comma inside `[…]`, `{…}` or behind a backslash belongs to its item.
package struct RedactionPolicy: Hashable, Sendable {
  /// Whether the built-in rules apply.
  package private(set) var findsSecrets = false

  private(set) var patterns: [SecretPattern] = []
  private(set) var paths: [RedactionPath] = []

  /// Nothing is replaced.
  package static let none = Self()

  /// The built-in rules and nothing else.
  package static let secrets = Self(findsSecrets: true)

  private init(findsSecrets: Bool = false) {
    self.findsSecrets = findsSecrets
  }

  /// Creates the policy that an argument describes.
  ///
  /// - Parameter argument: The argument, such as `secrets,path:arguments.env.*`.
  /// - Throws: A `RedactionPolicyError` that names the item and the remedy.
  package init(parsing argument: String) throws(RedactionPolicyError) {
    let items = Self.items(of: argument)
    for item in items {
      try add(item, isAlone: items.count == 1)
    }
  }

  private mutating func add(_ item: String, isAlone: Bool) throws(RedactionPolicyError) {
    switch item {
    case "secrets": findsSecrets = true
    case "none":
      guard isAlone else {
        throw RedactionPolicyError(
          .contradiction,
          "'none' stands alone; leave it out to redact what the other items say"
        )
      }
    case _ where item.hasPrefix("path:"):
      paths.append(try RedactionPath(parsing: item.dropFirst(5)))
    case _ where item.hasPrefix("pattern:"):
      patterns.append(try SecretPattern(parsing: item.dropFirst(8)))
    default:
      throw RedactionPolicyError(
        .unknownItem,
        "cannot redact '\(item)': write 'secrets', 'none', 'path:KEY.KEY' or 'pattern:TEXT'"
      )
    }
  }

  private static func items(of argument: String) -> [String] {
    var items = [""]
    var depth = 0
    var isEscaped = false
    for character in argument {
      if character == ",", depth == 0, !isEscaped {
        items.append("")
        continue
      }
      if !isEscaped {
        depth += character == "[" || character == "{" ? 1 : 0
        depth -= (character == "]" || character == "}") && depth > 0 ? 1 : 0
      }
      isEscaped = character == "\\" && !isEscaped
      items[items.count - 1].append(character)
    }
    return items
  }
}
