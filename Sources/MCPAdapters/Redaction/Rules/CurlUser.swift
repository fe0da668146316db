/// The password of `curl -u user:password`.
enum CurlUser {
  static let trigrams = [Trigram](of: " -u")

  private static let program = Array("curl ".utf8)
  private static let lookBehind = 160
  private static let ends = ByteClass(" \t\"'`<>\\|&;()".utf8)
  private static let longestPart = 128

  static func match(in line: Span<UInt8>, at start: Int) -> SecretMatch? {
    guard let user = startOfUser(in: line, after: start + 3),
      line.containsFolded(program, in: max(0, start - lookBehind)..<start + 1)
    else { return nil }
    let colon = line.end(of: .name, from: user, limit: longestPart)
    guard colon > user, colon < line.count, line[colon] == UInt8(ascii: ":") else { return nil }
    let range = colon + 1..<end(of: colon + 1, in: line)
    let shape = ValueShape(of: line, range)
    guard range.count >= 6, shape.letters > 0, shape.digits + shape.symbols > 0,
      !line.isPlaceholder(range), !shape.isMonotonous
    else { return nil }
    return SecretMatch(range: range, kind: line.tokenKind(of: range) ?? .password)
  }

  private static func startOfUser(in line: Span<UInt8>, after option: Int) -> Int? {
    guard option < line.count, line[option] == 0x20 else { return nil }
    let start = line.endOfBlanks(from: option)
    guard start < line.count else { return nil }
    switch line[start] {
    case UInt8(ascii: "'"): return start + 1
    case UInt8(ascii: "\\"):
      let end = line.endOfEscape(at: start)
      return line[end - 1] == UInt8(ascii: "\"") ? end : nil
    default: return start
    }
  }

  private static func end(of start: Int, in line: Span<UInt8>) -> Int {
    var end = start
    while end < line.count, end - start < longestPart, line[end] > 0x20, !ends.contains(line[end]) {
      end += 1
    }
    return end
  }
}
