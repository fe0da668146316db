/// Reads the elements of a ``Glob``.
struct GlobParser {
  private let scalars: [Unicode.Scalar]
  private var index = 0

  init(_ pattern: String) {
    scalars = Array(pattern.unicodeScalars)
  }

  mutating func elements() -> [Glob.Element] {
    var elements: [Glob.Element] = []
    while index < scalars.count {
      switch scalars[index] {
      case "*":
        index += 1
        if elements.last != .anyText { elements.append(.anyText) }
      case "?":
        index += 1
        elements.append(.anyCharacter)
      case "[":
        if let members = characterClass() {
          elements.append(.character(members))
        } else {
          elements.append(contentsOf: literal())
        }
      default:
        elements.append(contentsOf: literal())
      }
    }
    return elements
  }

  /// One character that stands for itself.
  private mutating func literal() -> [Glob.Element] {
    UTF8.encode(character()).map { $0.map { .byte($0) } } ?? []
  }

  /// The next character, the one after a backslash.
  private mutating func character() -> Unicode.Scalar {
    if scalars[index] == "\\", index + 1 < scalars.count { index += 1 }
    index += 1
    return scalars[index - 1]
  }

  /// The class whose `[` is next; `nil`, and nothing is read, when it has no end.
  private mutating func characterClass() -> CharacterClass? {
    let start = index
    var members = CharacterClass()
    index += 1
    if index < scalars.count, scalars[index] == "!" || scalars[index] == "^" {
      members.isNegated = true
      index += 1
    }
    let first = index
    while index < scalars.count {
      if scalars[index] == "]", index > first {
        index += 1
        return members
      }
      let lower = character().value
      var upper = lower
      if index + 1 < scalars.count, scalars[index] == "-", scalars[index + 1] != "]" {
        index += 1
        upper = character().value
      }
      if lower <= upper { members.ranges.append(lower...upper) }
    }
    index = start
    return nil
  }
}
