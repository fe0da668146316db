/// Three bytes in a row.
struct Trigram: Hashable, Sendable {
  let packed: UInt32

  @inline(__always)
  init(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
    packed = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16
  }

  var first: UInt8 { UInt8(truncatingIfNeeded: packed) }
  var third: UInt8 { UInt8(truncatingIfNeeded: packed >> 16) }

  /// The first two bytes, in an order of their own.
  var head: Int { Int(packed & 0xFFFF) }

  /// The last two bytes, in the same order.
  var tail: Int { Int(packed >> 8) }

  /// A trigram that no bytes form.
  private init(packed: UInt32) {
    self.packed = packed
  }

  static let none = Self(packed: .max)
}
