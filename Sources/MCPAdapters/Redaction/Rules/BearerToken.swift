/// `Bearer` and a token behind it, wherever it stands.
enum BearerToken {
  static let trigrams = [Trigram](of: " Be", "\"Be", "'Be", "=Be", ":Be")

  private static let scheme = Array("Bearer ".utf8)
  private static let minimumLength = 20
  private static let longestCredential = 8_192

  static func match(in line: Span<UInt8>, at start: Int) -> SecretMatch? {
    guard line.has(scheme, at: start + 1) else { return nil }
    let value = start + 1 + scheme.count
    let range = value..<line.end(of: .credential, from: value, limit: longestCredential)
    guard range.count >= minimumLength, !line.isPlaceholder(range) else { return nil }
    let shape = ValueShape(of: line, range)
    guard shape.looksRandom, !shape.isMonotonous else { return nil }
    return SecretMatch(range: range, kind: line.tokenKind(of: range) ?? .authorization)
  }
}
