/// The credential in an `Authorization` header or field.
enum AuthorizationHeader {
  static let trigrams = [Trigram](of: "iza", "IZA")

  private static let name = Array("authorization".utf8)
  private static let schemes = ["bearer", "basic", "token", "bot", "apikey", "key"]
    .map { Array($0.utf8) }
  private static let separators = ByteClass(" \t:=\"'`\\,>]".utf8)
  private static let longestSeparator = 16
  private static let minimumLength = 8
  private static let longestCredential = 8_192
  private static let longestBareCredential = 1_024

  static func match(in line: Span<UInt8>, at start: Int) -> SecretMatch? {
    let nameEnd = start - 6 + name.count
    guard line.hasFolded(name, at: start - 6), nameEnd < line.count,
      separators.contains(line[nameEnd]), line[nameEnd] != UInt8(ascii: "]")
    else { return nil }
    let value = line.end(of: separators, from: nameEnd, limit: longestSeparator)
    if let (scheme, start) = scheme(in: line, at: value) {
      return credential(in: line, from: start, scheme: scheme)
    }
    let range = value..<line.end(of: .credential, from: value, limit: longestBareCredential)
    guard !line.contains(UInt8(ascii: ","), in: nameEnd..<value), range.count >= 16,
      ValueShape(of: line, range).looksRandom, !line.isPlaceholder(range),
      range.upperBound == line.count || !isScheme(range, in: line)
    else { return nil }
    return SecretMatch(range: range, kind: line.tokenKind(of: range) ?? .authorization)
  }

  /// Whether `range` is the name of another scheme, such as `AWS4-HMAC-SHA256`.
  private static func isScheme(_ range: Range<Int>, in line: Span<UInt8>) -> Bool {
    line[range.upperBound] == 0x20
  }

  private static func scheme(in line: Span<UInt8>, at start: Int) -> (Int, Int)? {
    for (number, scheme) in schemes.enumerated() where line.hasFolded(scheme, at: start) {
      let end = start + scheme.count
      let value = line.endOfBlanks(from: end)
      if value > end { return (number, value) }
      if line.has("%20".utf8, at: end) { return (number, end + 3) }
    }
    return nil
  }

  private static func credential(
    in line: Span<UInt8>,
    from start: Int,
    scheme: Int
  ) -> SecretMatch? {
    let range = start..<line.end(of: .credential, from: start, limit: longestCredential)
    guard range.count >= minimumLength, !line.isPlaceholder(range) else { return nil }
    let shape = ValueShape(of: line, range)
    let isSecret =
      schemes[scheme] == Array("basic".utf8)
      ? isUserAndPassword(line.extracting(range))
      : !shape.isMonotonous && shape.isMixed && (shape.digits > 0 || shape.looksRandom)
    guard isSecret else { return nil }
    return SecretMatch(range: range, kind: line.tokenKind(of: range) ?? .authorization)
  }

  private static func isUserAndPassword(_ text: Span<UInt8>) -> Bool {
    guard let bytes = Base64.decode(text), bytes.contains(UInt8(ascii: ":")) else { return false }
    return bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
  }
}
