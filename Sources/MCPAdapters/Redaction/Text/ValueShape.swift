/// What the characters of a value say about how it came to be: drawn at random, or written.
struct ValueShape {
  private(set) var count = 0
  private(set) var digits = 0
  private(set) var lowercase = 0
  private(set) var uppercase = 0

  /// Characters that stand in passwords and rarely in names: all but letters, digits and `-_.:/`.
  private(set) var symbols = 0

  /// Spaces, controls, escapes and what is not ASCII: parts of prose, not of keys.
  private(set) var prose = 0

  /// Letters in runs of four and more, as words have them.
  private(set) var wordLetters = 0

  /// Pairs of letters, and how many of them words are full of.
  private(set) var pairs = 0
  private(set) var commonPairs = 0

  /// How many characters follow their predecessor in the alphabet, as in `abcd` and `1234`.
  private(set) var steps = 0

  private var seen = ByteClass()
  private var run = 0

  /// How many different characters there are.
  var distinct: Int { seen.count }

  var letters: Int { lowercase + uppercase }

  init(of line: Span<UInt8>, _ range: Range<Int>) {
    var previous: UInt8 = 0
    for index in range {
      let byte = line[index]
      add(byte, after: previous)
      previous = byte
    }
    endRun()
  }

  private mutating func add(_ byte: UInt8, after previous: UInt8) {
    count += 1
    seen.insert(byte)
    if byte == previous &+ 1 { steps += 1 }
    if ByteClass.letters.contains(byte) {
      addLetter(byte, after: previous)
      return
    }
    endRun()
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
    case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
      UInt8(ascii: "/"):
      break
    case 0...0x20, UInt8(ascii: "\\"), 0x7F...: prose += 1
    default: symbols += 1
    }
  }

  /// A run is letters of one case, or a capital and the small letters after it.
  private mutating func addLetter(_ byte: UInt8, after previous: UInt8) {
    let isCapital = ByteClass.uppercase.contains(byte)
    if isCapital { uppercase += 1 } else { lowercase += 1 }
    let wasCapital = ByteClass.uppercase.contains(previous)
    if isCapital != wasCapital, !(wasCapital && run == 1) { endRun() }
    if run > 0 {
      pairs += 1
      if PairCommonness.isCommon(previous, byte) { commonPairs += 1 }
    }
    run += 1
  }

  private mutating func endRun() {
    if run >= 4 { wordLetters += run }
    run = 0
  }

  /// Whether it is too regular to be a secret: `xxxxxxxx`, `12345678`, `abcdef0123`.
  var isMonotonous: Bool { distinct < min(6, count / 2 + 1) || steps * 2 >= count }

  /// Whether it has characters of two kinds: small letters, capitals, digits.
  var isMixed: Bool {
    (lowercase > 0 ? 1 : 0) + (uppercase > 0 ? 1 : 0) + (digits > 0 ? 1 : 0) >= 2
  }

  /// Whether it is drawn at random from an alphabet, as keys are, and not made of words.
  var looksRandom: Bool {
    guard prose == 0, count >= 12, distinct >= 8, letters > 0 else { return false }
    let isUnspeakable = commonPairs * 2 < pairs
    if digits * 8 >= count { return wordLetters * 10 < letters * 9 || isUnspeakable }
    guard lowercase >= 2, uppercase >= 2, wordLetters * 2 < letters || isUnspeakable else {
      return false
    }
    return digits > 0 || count >= 24
  }
}
