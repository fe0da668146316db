/// A list of words that users extend with words of their own.
///
/// A bare word must be one of the built-in ones; a word with a dot, such as `acme.merge_fix`, is
/// the user's own and is taken as it is.
public protocol OpenVocabulary: RawRepresentable, Hashable, Sendable, CustomStringConvertible,
  ExpressibleByStringLiteral
where RawValue == String {
  /// The built-in words.
  static var builtIn: [Self] { get }

  /// Takes any word; whether it may be stored is ``isValid``.
  init(rawValue: String)
}

extension OpenVocabulary {
  /// Takes any word; whether it may be stored is ``isValid``.
  public init(stringLiteral value: String) { self.init(rawValue: value) }

  /// The word itself.
  public var description: String { rawValue }

  /// Whether the word is built in, or the user's own.
  public var isValid: Bool {
    Self.builtIn.contains(self) || OpenWord.isOwn(rawValue)
  }

  /// The built-in word that was probably meant.
  package var suggestion: Self? {
    guard rawValue.utf8.count <= OpenWord.longestMistake else { return nil }
    return Self.builtIn.map { ($0, OpenWord.distance($0.rawValue, rawValue)) }
      .filter { $0.1 <= max(2, rawValue.utf8.count / 3) }
      .min { $0.1 < $1.1 }?.0
  }
}

/// The rules of words that open vocabularies share.
package enum OpenWord {
  /// The most bytes of a word that may be meant to be another one.
  static let longestMistake = 64

  /// Whether `word` is a user's own: parts of letters, digits, `_` and `-` with dots between.
  package static func isOwn(_ word: String) -> Bool {
    let parts = word.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 && word.utf8.count <= 128
      && parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isWordByte) }
  }

  /// The number of single-letter edits between two words (Levenshtein).
  package static func distance(_ first: String, _ second: String) -> Int {
    let other = Array(second.utf8.prefix(longestMistake))
    var row = Array(0...other.count)
    for (line, byte) in first.utf8.prefix(longestMistake).enumerated() {
      var diagonal = row[0]
      row[0] = line + 1
      for (column, otherByte) in other.enumerated() {
        let substituted = diagonal + (byte == otherByte ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, diagonal + 1, row[column] + 1)
      }
    }
    return row[other.count]
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
