extension SecretPattern {
  /// Creates the pattern that `text` describes.
  ///
  /// - Parameters:
  ///   - text: The parts, as the type's description says.
  ///   - kind: What a match is reported as.
  ///   - place: Where a match may stand.
  ///   - look: What it must look like.
  /// - Throws: A `RedactionPolicyError` that names the pattern and what is wrong with it.
  init(
    parsing text: Substring,
    as kind: SecretKind = .pattern,
    _ place: Place = .anywhere,
    _ look: Look = .any
  ) throws(RedactionPolicyError) {
    var reader = PatternReader(text)
    let parts = try reader.parts()
    guard let window = Self.window(in: parts) else {
      throw RedactionPolicyError(
        .tooVague,
        "the pattern '\(text)' needs three fixed characters in a row, such as 'acme_[a-z0-9]{20}'"
      )
    }
    self.init(kind, parts: parts, window: window, place: place, look: look)
  }

  /// The three parts with the least ordinary text in them, as the index of the first.
  private static func window(in parts: [Part]) -> Int? {
    guard parts.count >= 3 else { return nil }
    var best: (index: Int, cost: Int)?
    for index in 0...parts.count - 3 where isWindow(parts, at: index) {
      let cost = cost(of: parts, at: index)
      if cost < best?.cost ?? .max { best = (index, cost) }
    }
    return best?.index
  }

  /// How many different beginnings a pattern may have.
  private static let maximumTrigrams = 64

  private static func isWindow(_ parts: [Part], at index: Int) -> Bool {
    let number = parts[index].bytes.count * parts[index + 1].bytes.count
    return parts[index].count == 1...1 && parts[index + 1].count == 1...1
      && parts[index + 2].count.lowerBound >= 1
      && number * parts[index + 2].bytes.count <= maximumTrigrams
  }

  private static func cost(of parts: [Part], at index: Int) -> Int {
    PairCommonness.sum(of: parts[index].bytes, parts[index + 1].bytes)
      + PairCommonness.sum(of: parts[index + 1].bytes, parts[index + 2].bytes)
  }

  /// The byte triples one of which stands at the window of every match.
  var trigrams: [Trigram] {
    parts[window].bytes.members.flatMap { first in
      parts[window + 1].bytes.members.flatMap { second in
        parts[window + 2].bytes.members.map { third in Trigram(first, second, third) }
      }
    }
  }
}
