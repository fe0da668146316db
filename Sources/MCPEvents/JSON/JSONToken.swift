/// One value or key of a scanned text: what it is, and where its bytes are.
package struct JSONToken: Sendable {
  /// What a token is; a key is a string.
  package enum Kind: UInt8, Sendable {
    case object, array, string, number, `true`, `false`, null
  }

  package let kind: Kind

  /// Whether a string has escapes, so that its bytes are not yet its text.
  package let hasEscapes: Bool

  /// The first byte: of a string the one after its quote.
  package let start: Int32

  /// The byte after the last: of a string its closing quote.
  package internal(set) var end: Int32

  /// The index of the token after this value and all inside it.
  package internal(set) var next: Int32

  /// The bytes of the token, a string's without its quotes.
  package var range: Range<Int> { Int(start)..<Int(end) }

  /// The bytes of the value as it stands in the text, a string's with its quotes.
  package var literalRange: Range<Int> {
    kind == .string ? Int(start) - 1..<Int(end) + 1 : range
  }
}
