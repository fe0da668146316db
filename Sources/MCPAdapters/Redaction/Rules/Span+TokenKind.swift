extension Span<UInt8> {
  /// What kind of token `range` is as a whole, if it is one that is known by its shape.
  func tokenKind(of range: Range<Int>) -> SecretKind? {
    let value = extracting(range)
    for pattern in ProviderPatterns.all where pattern.window < value.count {
      // What begins a value has its window where the fixed parts before it end.
      if pattern.match(in: value, at: pattern.window, after: 0) == 0..<value.count {
        return pattern.kind
      }
    }
    return JSONWebToken.match(in: value, at: 1, after: 0)?.range == 0..<value.count
      ? .jsonWebToken : nil
  }
}
