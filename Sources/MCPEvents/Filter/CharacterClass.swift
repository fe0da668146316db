/// The characters between the brackets of a ``Glob``.
struct CharacterClass: Hashable, Sendable {
  var ranges: [ClosedRange<UInt32>] = []
  var isNegated = false

  func contains(_ value: UInt32) -> Bool {
    ranges.contains { $0.contains(value) } != isNegated
  }
}
