internal import ArgumentParser
internal import MCPCommandLine
internal import MCPEvents

/// Refuses words that no record can have, which would be a misspelling.
enum Vocabulary {
  /// Checks the values of a flag; globs may be anything.
  static func check<Word: OpenVocabulary>(
    _ values: [String],
    _ flag: String,
    _ make: (String) -> Word
  ) throws {
    for word in words(values) where !make(word).isValid {
      throw unknown(word, flag, Word.builtIn.map(\.rawValue))
    }
  }

  /// The same for a list that nobody extends.
  static func check(_ values: [String], _ flag: String, among known: [String]) throws {
    for word in words(values) where !known.contains(word) { throw unknown(word, flag, known) }
  }

  private static func words(_ values: [String]) -> [String] {
    let globs = GlobSet(values)
    return (globs.included + globs.excluded).compactMap(\.literal)
  }

  private static func unknown(
    _ word: String,
    _ flag: String,
    _ known: [String]
  ) -> ValidationError {
    let near = Suggestion.nearest(to: word, among: known).map { "did you mean '\($0)'?" }
    let advice = near ?? "known are \(known.joined(separator: ", "))"
    return ValidationError("\(flag) cannot be '\(word)': \(advice)")
  }
}
