extension JSONToken {
  /// Calls `body` with a string's text, its escapes resolved.
  @inline(__always)
  func withText<Result>(of line: Span<UInt8>, _ body: (Span<UInt8>) -> Result) -> Result {
    guard hasEscapes else { return body(line.extracting(range)) }
    var text: [UInt8] = []
    JSONText.unescape(line.extracting(range), into: &text)
    return body(text.span)
  }
}
