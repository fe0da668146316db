/// How many secrets of each kind were replaced.
package struct RedactionCounts: Hashable, Sendable {
  private var numbers: [SecretKind: Int] = [:]

  package init() {}

  /// How many of `kind` there were.
  package subscript(kind: SecretKind) -> Int { numbers[kind, default: 0] }

  /// How many there were of all kinds.
  package var total: Int { numbers.values.reduce(0, +) }

  /// The kinds that there were, the commonest first, equally common ones by name.
  package var byKind: [(kind: SecretKind, count: Int)] {
    numbers.map { (kind: $0.key, count: $0.value) }
      .sorted { ($1.count, $0.kind.rawValue) < ($0.count, $1.kind.rawValue) }
  }

  mutating func add(_ kind: SecretKind, _ count: Int = 1) {
    numbers[kind, default: 0] += count
  }

  /// Adds what another redactor counted.
  package static func += (total: inout Self, more: Self) {
    total.numbers.merge(more.numbers) { $0 + $1 }
  }
}
