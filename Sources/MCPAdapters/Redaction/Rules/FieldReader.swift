/// Finds the value behind the name of a field.
struct FieldReader {
  private enum Separator { case equals, colon, tag, blank, listItem }

  /// A quote and the backslashes before it: how deep in JSON strings it stands.
  private struct Quote: Equatable {
    let byte: UInt8
    let backslashes: Int

    static let structural = Self(byte: UInt8(ascii: "\""), backslashes: 0)
  }

  private let name: FieldName
  private let isJSON: Bool
  private var index: Int

  private static let longestValue = 8_192

  init(_ line: Span<UInt8>, _ name: FieldName) {
    self.name = name
    isJSON = line.mayBeJSON
    index = name.range.upperBound
  }

  /// The value and how it is written; `nil` when there is none.
  mutating func value(in line: Span<UInt8>) -> (Range<Int>, SensitiveField.Form)? {
    let nameQuote = takeQuote(in: line)
    if nameQuote != nil { _ = take("]", in: line) }
    guard let separator = takeSeparator(in: line, nameQuote) else { return nil }
    index = line.endOfBlanks(from: index)
    let start = index
    if let quote = takeQuote(in: line) {
      guard mayOpen(quote, nameQuote), let end = end(of: quote, in: line) else { return nil }
      return (index..<end, .quoted)
    }
    guard nameQuote?.byte != UInt8(ascii: "\"") else { return nil }
    index = start
    return bareValue(in: line, separator)
  }

  /// A quote that ends a JSON string around the name cannot open the value.
  private func mayOpen(_ quote: Quote, _ nameQuote: Quote?) -> Bool {
    if nameQuote?.byte == UInt8(ascii: "\"") { return quote == nameQuote }
    return !(isJSON && quote == .structural)
  }

  private mutating func takeQuote(in line: Span<UInt8>) -> Quote? {
    let end = line.end(of: ByteClass("\\".utf8), from: index, limit: 16)
    guard end < line.count else { return nil }
    switch line[end] {
    case UInt8(ascii: "\""): break
    case UInt8(ascii: "'"), UInt8(ascii: "`"):
      guard end == index else { return nil }
    default: return nil
    }
    defer { index = end + 1 }
    return Quote(byte: line[end], backslashes: end - index)
  }

  private mutating func takeSeparator(in line: Span<UInt8>, _ nameQuote: Quote?) -> Separator? {
    let start = index
    index = line.endOfBlanks(from: index)
    guard index < line.count else { return nil }
    if take("=>", in: line) || take(":=", in: line) || take("\\u003d", in: line) { return .equals }
    if has("==", in: line) || has("::", in: line) { return nil }
    if take("=", in: line) { return .equals }
    if take(":", in: line) { return .colon }
    if take(">", in: line) { return nameQuote == nil && isTag(in: line) ? .tag : nil }
    if let nameQuote, take(",", in: line) { return takeItem(in: line, nameQuote) }
    return nameQuote == nil && name.isOption && index > start ? .blank : nil
  }

  private func isTag(in line: Span<UInt8>) -> Bool {
    name.range.lowerBound > 0 && line[name.range.lowerBound - 1] == UInt8(ascii: "<")
  }

  /// Accepts `"--password","…"` of an argument list and `"name":"PASSWORD","value":"…"`.
  private mutating func takeItem(in line: Span<UInt8>, _ nameQuote: Quote) -> Separator? {
    if name.isOption { return .listItem }
    index = line.endOfBlanks(from: index)
    guard takeQuote(in: line) == nameQuote, take("value", in: line),
      takeQuote(in: line) == nameQuote
    else { return nil }
    index = line.endOfBlanks(from: index)
    return take(":", in: line) ? .colon : nil
  }

  private func has(_ text: String, in line: Span<UInt8>) -> Bool { line.has(text.utf8, at: index) }

  private mutating func take(_ text: String, in line: Span<UInt8>) -> Bool {
    guard has(text, in: line) else { return false }
    index += text.utf8.count
    return true
  }

  /// The index of the quote, with its backslashes, that closes what `quote` opened.
  private func end(of quote: Quote, in line: Span<UInt8>) -> Int? {
    let limit = min(index + Self.longestValue, line.count)
    var end = index
    while end < limit {
      let byte = line[end]
      guard byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") || byte == quote.byte else {
        end += 1
        continue
      }
      let start = end
      while end < limit, line[end] == UInt8(ascii: "\\") { end += 1 }
      guard end < limit else { return nil }
      if line[end] == quote.byte, end - start == quote.backslashes { return start }
      if line[end] == UInt8(ascii: "\""), end - start <= quote.backslashes { return nil }
      end += 1
    }
    return nil
  }

  private static let bareEnds = ByteClass(" \t\"'`\\;&|,)<>}]\r\n".utf8)

  private func bareValue(
    in line: Span<UInt8>,
    _ separator: Separator
  ) -> (Range<Int>, SensitiveField.Form)? {
    var end = index
    while end < line.count, line[end] > 0x20, line[end] < 0x7F, !Self.bareEnds.contains(line[end]) {
      if line[end] == UInt8(ascii: "="), end + 1 < line.count,
        ByteClass.word.contains(line[end + 1])
      {
        return nil
      }
      end += 1
      guard end - index <= Self.longestValue else { return nil }
    }
    let form: SensitiveField.Form =
      switch separator {
      case .equals: name.isOption || name.isCapital ? .assigned : .bare
      case .blank, .listItem: .assigned
      case .colon: .listed
      case .tag: .quoted
      }
    if separator == .tag, end >= line.count || line[end] != UInt8(ascii: "<") { return nil }
    return (index..<end, form)
  }
}

extension Span<UInt8> {
  /// Whether the line begins as a JSON object or an array of anything but bare words does.
  var mayBeJSON: Bool {
    let start = endOfBlanks(from: 0)
    guard start < count else { return false }
    if self[start] == UInt8(ascii: "{") { return true }
    guard self[start] == UInt8(ascii: "[") || self[start] == UInt8(ascii: "\"") else {
      return false
    }
    let next = endOfBlanks(from: start + 1)
    return next < count && !ByteClass.letters.contains(self[next])
      || self[start] == UInt8(ascii: "\"")
  }
}
