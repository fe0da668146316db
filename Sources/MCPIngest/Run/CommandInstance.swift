internal import MCPEvents

/// Names the instance that a command is.
struct CommandInstance {
  /// The id.
  let id: String

  /// The instance that started it, if one is known.
  let parent: String?

  private static let suffixLength = 5
  private static let alphabet = Array("abcdefghjkmnpqrstvwxyz23456789")
  /// Beyond this an id grows no further with each level of nesting.
  private static let longestPrefix = 200

  /// Names an instance.
  ///
  /// - Parameters:
  ///   - given: The name that the user gave.
  ///   - outer: The instance that this program runs inside, as its environment says.
  ///   - command: What the command is called.
  ///   - now: The time.
  ///   - random: Makes names of the same second differ.
  init(
    given: String?,
    outer: String?,
    command: String,
    now: UnixTime,
    random: inout some RandomNumberGenerator
  ) {
    parent = outer == given ? nil : outer
    if let given {
      id = given
      return
    }
    let word = Self.word(command)
    let letters = (0..<Self.suffixLength).map { _ in
      Self.alphabet[Int.random(in: Self.alphabet.indices, using: &random)]
    }
    let suffix = String(letters)
    if let outer, outer.utf8.count <= Self.longestPrefix {
      id = "\(outer).\(word)-\(suffix)"
    } else {
      id = "\(word)-\(Self.moment(now))-\(suffix)"
    }
  }

  /// A command's name as part of an id.
  private static func word(_ command: String) -> String {
    let name = command.split(separator: "/").last.map(String.init) ?? ""
    let letters = name.prefix(32).map { character in
      character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
        ? character : "-"
    }
    return letters.isEmpty ? "command" : String(letters)
  }

  /// The second, in UTC: `20260822-140955`.
  private static func moment(_ time: UnixTime) -> String {
    var text: [UInt8] = []
    time.write(into: &text)
    let digits = String(decoding: text, as: UTF8.self).filter(\.isNumber)
    return "\(digits.prefix(8))-\(digits.dropFirst(8).prefix(6))"
  }
}
