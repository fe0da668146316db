/// Random text that is the same in every run.
struct RedactionRandom: RandomNumberGenerator {
  private var state: UInt64

  static let digits = Array("0123456789")
  static let hex = Array("0123456789abcdef")
  static let lower = Array("abcdefghijklmnopqrstuvwxyz")
  static let upper = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  static let base32 = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
  static let base36 = lower + digits
  static let upperBase36 = upper + digits
  static let base62 = lower + upper + digits
  static let base64 = base62 + "+/"
  static let base64url = base62 + "-_"

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func text(_ alphabet: [Character], _ count: Int) -> String {
    String((0..<count).map { _ in alphabet[Int(next() % UInt64(alphabet.count))] })
  }

  mutating func text(_ alphabet: [Character], _ counts: ClosedRange<Int>) -> String {
    text(alphabet, Int.random(in: counts, using: &self))
  }

  mutating func one<Element>(of elements: [Element]) -> Element {
    elements[Int(next() % UInt64(elements.count))]
  }

  mutating func uuid() -> String {
    [8, 4, 4, 4, 12].map { text(Self.hex, $0) }.joined(separator: "-")
  }

  /// A password as people choose and generators make them.
  mutating func password() -> String {
    switch next() % 4 {
    case 0: text(Self.base62, 10...18) + one(of: ["!", "#", "@", "7"])
    case 1:
      one(of: ["Winter", "hunter", "Sommer", "tiger", "Dragon"]) + text(Self.digits, 2...4) + "!"
    case 2: text(Self.base62 + "!#%*+.-_", 14...24) + "4x"
    default:
      text(Self.lower, 3...5) + "-" + text(Self.digits, 3...4) + "-" + text(Self.upper, 2...3)
    }
  }

  mutating func words(_ count: Int) -> String {
    (0..<count).map { _ in
      one(of: [
        "the", "build", "failed", "because", "token", "was", "expired", "password", "reset", "page",
        "secret", "manager", "key", "index", "authorization", "header", "user", "session", "cache",
      ])
    }.joined(separator: " ")
  }
}
