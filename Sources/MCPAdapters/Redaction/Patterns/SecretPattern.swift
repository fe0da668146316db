/// The shape of a token: characters and classes of characters, each a number of times.
///
/// - A character stands for itself; `\` before it takes away any other meaning.
/// - `[A-Za-z0-9_]` is one character of a class, `[^…]` one printable character of none of these.
/// - `?` is one character of a key or token (letters, digits, `+/=-_.~`), `*` any number of them.
/// - `{20}`, `{20,40}`, `{20,}` behind any of these say how often; no limit means 4096.
///
/// Each part takes as many characters as it can and gives none back, so that a match costs no more
/// than its length. Three characters in a row must be fixed, or nearly so: by these it is found.
/// A quote or a backslash can never be part of a match, because JSON around it must stay JSON.
struct SecretPattern: Hashable, Sendable {
  struct Part: Hashable, Sendable {
    let bytes: ByteClass
    let count: ClosedRange<Int>
  }

  /// Where a match may stand.
  enum Place: Hashable, Sendable {
    /// Anywhere, also in the middle of a word.
    case anywhere
    /// Not beside a letter, a digit or `_`.
    case alone
  }

  /// What a match must look like to be no example.
  enum Look: Hashable, Sendable {
    case any
    /// Not regular and without words such as `your`.
    case plausible
    /// Plausible, and of two kinds of characters at least.
    case mixed
    /// As if drawn at random, with digits.
    case random
  }

  let kind: SecretKind
  let place: Place
  let look: Look
  let parts: [Part]

  /// The first of the three parts by which a match is found.
  let window: Int

  static let maximumCount = 4_096

  init(_ kind: SecretKind, parts: [Part], window: Int, place: Place, look: Look) {
    self.kind = kind
    self.parts = parts
    self.window = window
    self.place = place
    self.look = look
  }

  /// The match whose window begins at `start`.
  ///
  /// - Parameters:
  ///   - line: The whole line.
  ///   - start: Where the three bytes stand by which it was found.
  ///   - floor: What lies before it is not looked at.
  /// - Returns: Where the match is; `nil` when there is none.
  func match(in line: Span<UInt8>, at start: Int, after floor: Int) -> Range<Int>? {
    guard let lower = startOfMatch(in: line, before: start, after: floor) else { return nil }
    if place == .alone, !line.isTokenStart(lower, after: floor) { return nil }
    guard let upper = endOfMatch(in: line, from: start) else { return nil }
    let range = lower..<upper
    return accepts(range, of: line) ? range : nil
  }

  private func startOfMatch(in line: Span<UInt8>, before end: Int, after floor: Int) -> Int? {
    var start = end
    for index in stride(from: window - 1, through: 0, by: -1) {
      let part = parts[index]
      let next = line.start(
        of: part.bytes,
        before: start,
        after: floor,
        limit: part.count.upperBound
      )
      guard start - next >= part.count.lowerBound else { return nil }
      start = next
    }
    return start
  }

  private func endOfMatch(in line: Span<UInt8>, from start: Int) -> Int? {
    var end = start
    for index in window..<parts.count {
      let part = parts[index]
      let next = line.end(of: part.bytes, from: end, limit: part.count.upperBound)
      if next - end >= part.count.lowerBound {
        end = next
      } else if part.bytes.contains(UInt8(ascii: "/")), line.has(Self.escapedSlash, at: end) {
        end += 2
      } else {
        return nil
      }
    }
    return end
  }

  private static let escapedSlash = [UInt8(ascii: "\\"), UInt8(ascii: "/")]

  private func accepts(_ range: Range<Int>, of line: Span<UInt8>) -> Bool {
    if place == .alone, range.upperBound < line.count,
      line[range.upperBound - 1] != UInt8(ascii: "="),
      ByteClass.word.contains(line[range.upperBound])
    {
      return false
    }
    if look == .any { return true }
    let shape = ValueShape(of: line, body(of: range))
    if shape.isMonotonous || line.isPlaceholder(body(of: range)) { return false }
    return switch look {
    case .any, .plausible: true
    case .mixed: shape.isMixed
    case .random: shape.looksRandom && shape.digits > 0
    }
  }

  /// The bytes after the fixed beginning, which are the same in each match.
  private func body(of range: Range<Int>) -> Range<Int> {
    let fixed = parts.prefix { $0.bytes.count == 1 && $0.count == 1...1 }.count
    guard fixed < range.count else { return range }
    return range.lowerBound + fixed..<range.upperBound
  }
}
