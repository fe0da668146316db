/// A set of ASCII characters; no byte above 0x7F is ever a member.
struct ByteClass: Hashable, Sendable {
  private var low: UInt64
  private var high: UInt64

  private init(low: UInt64, high: UInt64) {
    self.low = low
    self.high = high
  }

  /// Creates the set of no characters.
  init() {
    self.init(low: 0, high: 0)
  }

  /// Creates a set of `members`; bytes above 0x7F are left out.
  init(_ members: some Sequence<UInt8>) {
    self.init()
    for byte in members {
      insert(byte)
    }
  }

  static let digits = Self(low: 0x03FF_0000_0000_0000, high: 0)
  static let lowercase = Self(low: 0, high: 0x07FF_FFFE_0000_0000)
  static let uppercase = Self(low: 0, high: 0x0000_0000_07FF_FFFE)
  static let letters = Self(low: 0, high: 0x07FF_FFFE_07FF_FFFE)
  static let hexDigits = Self(low: 0x03FF_0000_0000_0000, high: 0x0000_007E_0000_007E)

  /// Letters, digits and `_`.
  static let word = Self(low: 0x03FF_0000_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)

  /// Letters, digits, `_` and `-`: also the alphabet of base64url.
  static let dashedWord = Self(low: 0x03FF_2000_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)

  /// Letters, digits, `_`, `-` and `.`: what names of settings are made of.
  static let name = Self(low: 0x03FF_6000_0000_0000, high: 0x07FF_FFFE_87FF_FFFE)

  /// Letters, digits and `+/=-_.~`: what keys, tokens and their encodings are made of.
  static let credential = Self(low: 0x23FF_E800_0000_0000, high: 0x47FF_FFFE_87FF_FFFE)

  /// The printable characters without space, quote and backslash.
  static let printable = Self(low: 0xFFFF_FFFA_0000_0000, high: 0x7FFF_FFFF_EFFF_FFFF)

  /// How many characters the set has.
  var count: Int { low.nonzeroBitCount + high.nonzeroBitCount }

  /// The characters in their order.
  var members: [UInt8] { (0..<0x80).filter { contains($0) } }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    guard byte < 0x80 else { return false }
    return (byte < 0x40 ? low : high) >> UInt64(byte & 0x3F) & 1 == 1
  }

  mutating func insert(_ byte: UInt8) {
    guard byte < 0x80 else { return }
    let bit = UInt64(1) << UInt64(byte & 0x3F)
    if byte < 0x40 { low |= bit } else { high |= bit }
  }

  func subtracting(_ other: Self) -> Self {
    Self(low: low & ~other.low, high: high & ~other.high)
  }
}
