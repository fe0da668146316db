/// The lines of a private key in plain text, where each is a line of the input.
///
/// The line `-----BEGIN … PRIVATE KEY-----` opens the block. The lines of base64 that follow belong
/// to it: all as long as the first, and a shorter one at the end. Any other line closes it.
struct PrivateKeyLines: Sendable {
  private enum State: Sendable {
    case outside, opened
    case inside(width: Int)
  }

  private var state = State.outside

  private static let shortestFirstLine = 32
  private static let longestLine = 256
  private static let longestOpening = 96

  /// The base64 of `line`, when the line belongs to a block; to be asked of each line in its order.
  @inline(__always)
  mutating func body(of line: Span<UInt8>) -> Range<Int>? {
    switch state {
    case .outside:
      if line.count > 0, line[line.count - 1] <= UInt8(ascii: "-") { open(with: line) }
      return nil
    case .opened, .inside: return next(line)
    }
  }

  private mutating func open(with line: Span<UInt8>) {
    let text = line.trimmed
    guard !line.mayBeJSON, !text.isEmpty, line[text.upperBound - 1] == UInt8(ascii: "-") else {
      return
    }
    for start in max(text.lowerBound, text.upperBound - Self.longestOpening)..<text.upperBound
    where PrivateKeyBlock.endOfLabel(in: line, from: start) == text.upperBound {
      state = .opened
      return
    }
  }

  private mutating func next(_ line: Span<UInt8>) -> Range<Int>? {
    let text = line.trimmed
    let isBase64 = line.end(of: .base64, from: text.lowerBound) >= text.upperBound
    switch state {
    case .opened:
      if text.isEmpty || line.containsFolded(": ".utf8, in: text) { return nil }
      guard isBase64, Self.shortestFirstLine...Self.longestLine ~= text.count else { break }
      state = .inside(width: text.count)
      return text
    case .inside(let width):
      guard isBase64, 1...width ~= text.count else { break }
      if text.count < width { state = .outside }
      return text
    case .outside: return nil
    }
    state = .outside
    return body(of: line)
  }
}

extension Span<UInt8> {
  /// What is left without white space around it.
  fileprivate var trimmed: Range<Int> {
    var start = 0
    var end = count
    while start < end, self[start] <= 0x20 { start += 1 }
    while end > start, self[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}
