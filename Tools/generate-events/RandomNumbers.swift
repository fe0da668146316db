/// SplitMix64: small, fast, and the same numbers on every machine and in every release.
///
/// The standard library's `random(in:using:)` may change how it draws, so it is not used.
struct RandomNumbers {
  private static let increment: UInt64 = 0x9e37_79b9_7f4a_7c15
  private var state: UInt64

  init(seed: UInt64) {
    state = Self.mixed(seed)
  }

  mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mixed(state)
  }

  /// A number from 0 to `bound` - 1; `bound` is positive and fits into 32 bits.
  mutating func number(below bound: Int) -> Int {
    let product = (next() >> 32) &* UInt64(truncatingIfNeeded: bound)
    return Int(truncatingIfNeeded: product >> 32)
  }

  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + number(below: range.upperBound - range.lowerBound + 1)
  }

  /// A number of `range`, far more often near its beginning than near its end.
  mutating func skewedNumber(in range: ClosedRange<Int>) -> Int {
    let steepness = 8
    return range.lowerBound
      + number(below: range.upperBound - range.lowerBound + 1) >> number(below: steepness)
  }

  mutating func isTrue(with chance: Chance) -> Bool {
    next() >> 32 < chance.threshold
  }

  /// Scrambles a number so that neighbours look unrelated; different numbers stay different.
  static func mixed(_ number: UInt64) -> UInt64 {
    var mixed = number &+ increment
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}

/// A probability, prepared for a comparison of whole numbers.
struct Chance {
  fileprivate let threshold: UInt64

  init(_ probability: Double) {
    threshold = UInt64(probability * 4_294_967_296)
  }

  static func one(in count: Double) -> Self {
    Self(1 / count)
  }
}
