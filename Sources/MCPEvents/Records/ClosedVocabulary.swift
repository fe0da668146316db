/// A list of words that nobody extends.
package protocol ClosedVocabulary: CaseIterable, RawRepresentable<String> {
  /// The case whose word is exactly `word`.
  init?(word: Span<UInt8>)

  /// The word of the case.
  var word: StaticString { get }
}
