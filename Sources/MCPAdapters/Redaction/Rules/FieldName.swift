/// The name of a field: `DB_PASSWORD`, `"apiKey"`, `--client-secret`.
struct FieldName {
  /// How much the name says about the value.
  enum Meaning: Sendable {
    /// The value is a password, which may be any text.
    case password
    /// The value is a key or a token.
    case token
    /// The value may be one, if it looks like one.
    case perhapsToken
  }

  let range: Range<Int>
  let kind: SecretKind
  let meaning: Meaning

  /// Whether the name is an option of a command, `--name`.
  let isOption: Bool

  /// Whether it is written as environment variables are.
  let isCapital: Bool

  private static let longestName = 64

  /// The name that ends with the keyword at `keywordRange`; `nil` when its value is no secret.
  init?(in line: Span<UInt8>, at keywordRange: Range<Int>, after floor: Int) {
    let start = Self.start(in: line, before: keywordRange.lowerBound, after: floor)
    let range = start..<keywordRange.upperBound
    // A part of `AWS::ApiGateway::ApiKey` or `arn:…:secret:…` is no name of a field.
    if start > 0, line[start - 1] == UInt8(ascii: ":") { return nil }
    guard let ending = NameEndings.all.entry(of: range, in: line), let meaning = ending.meaning
    else { return nil }
    self.range = range
    kind = ending.kind
    self.meaning = meaning
    isOption = line.has("--".utf8, at: start)
    isCapital = !range.contains { ByteClass.lowercase.contains(line[$0]) }
  }

  private static func start(in line: Span<UInt8>, before end: Int, after floor: Int) -> Int {
    let start = line.start(of: .name, before: end, after: floor, limit: longestName)
    for index in stride(from: end, to: start, by: -1) where line.endsEscape(at: index) {
      return index
    }
    return start
  }
}
