/// Makes valid JSON texts of every form that the grammar has.
struct JSONGenerator {
  var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func value(depth: Int = 0) -> String {
    switch Int.random(in: 0..<(depth < 6 ? 9 : 6), using: &random) {
    case 0: "null"
    case 1: "true"
    case 2: "false"
    case 3: number()
    case 4, 5: string()
    case 6: container("[", "]", depth: depth) { $0.value(depth: depth + 1) }
    default: object(depth: depth)
    }
  }

  mutating func object(depth: Int = 0) -> String {
    container("{", "}", depth: depth) { generator in
      generator.string() + generator.space() + ":" + generator.space()
        + generator.value(depth: depth + 1)
    }
  }

  private mutating func container(
    _ opening: String,
    _ closing: String,
    depth: Int,
    _ member: (inout Self) -> String
  ) -> String {
    let members = (0..<Int.random(in: 0...5, using: &random)).map { _ in
      space() + member(&self) + space()
    }
    return opening + space() + members.joined(separator: ",") + closing
  }

  mutating func space() -> String {
    random.oneIn(4) ? random.pick([" ", "  ", "\t", "\n", "\r", " \r\n\t"]) : ""
  }

  /// A number whose value a double holds, so that all readers agree on it.
  mutating func number() -> String {
    let sign = random.oneIn(3) ? "-" : ""
    let whole = random.pick(["0", "1", "7", "10", "42", "999", "65536", "2147483648"])
    let fraction = random.oneIn(3) ? random.pick([".0", ".5", ".25", ".125", ".000"]) : ""
    let exponent = random.oneIn(4) ? random.pick(["e0", "E1", "e+2", "E-2", "e05"]) : ""
    return sign + whole + fraction + exponent
  }

  mutating func string() -> String {
    let parts = (0..<Int.random(in: 0...6, using: &random)).map { _ in part() }
    return "\"" + parts.joined() + "\""
  }

  private mutating func part() -> String {
    random.pick([
      "a", "key", "tool_name", "0123456789abcdef0123456789", " ", "/", "é", "ß", "漢字", "😀",
      "\u{7F}",
      "\u{80}", "\u{7FF}", "\u{800}", "\u{FFFF}", "\u{10FFFF}", "\u{2028}", #"\""#, #"\\"#, #"\/"#,
      #"\b"#, #"\f"#, #"\n"#, #"\r"#, #"\t"#, #"\u00e9"#, #"\u0041"#, #"\u0000"#, #"\uD83D\uDE00"#,
      #"\uFFFF"#, #"\ud800\udc00"#, #"\uDBFF\uDFFF"#,
    ])
  }

  /// `text` with one byte changed, removed, inserted or doubled, or its end cut off.
  mutating func damaged(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    let index = Int.random(in: 0..<bytes.count, using: &random)
    let byte = random.pick(
      Array("{}[]\",:\\/0123456789eE+-. \n\tuntfalsrx".utf8) + [
        0, 0x1F, 0x80, 0xC0, 0xED, 0xF4, 0xFF,
      ]
    )
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes[index] = byte
    case 1: bytes.remove(at: index)
    case 2: bytes.insert(byte, at: index)
    case 3: bytes.insert(bytes[index], at: index)
    default: bytes.removeSubrange(index...)
    }
    return bytes
  }
}
