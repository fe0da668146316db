/// The value of a field whose name says that it is secret, in JSON, code, settings and commands.
enum SensitiveField {
  /// How the value is written, which says how much it must look like a secret to be one.
  enum Form: Sendable {
    /// Between quotes: `"password": "…"`, `PASSWORD='…'`.
    case quoted
    /// Behind an environment variable or an option: `PASSWORD=…`, `--password …`.
    case assigned
    /// Behind another name: `password=…`; in code that is often an expression.
    case bare
    /// Behind a colon: `password: …`; in code that is often a type.
    case listed
  }

  static func match(
    in line: Span<UInt8>,
    _ keyword: FieldKeyword,
    at start: Int,
    after floor: Int
  ) -> SecretMatch? {
    guard let word = keyword.range(in: line, around: start), word.lowerBound >= floor,
      word.upperBound < line.count, mayFollow.contains(line[word.upperBound]),
      let name = FieldName(in: line, keyword, at: word, after: floor)
    else { return nil }
    var reader = FieldReader(line, name)
    guard let (range, form) = reader.value(in: line), !range.isEmpty else { return nil }
    let value = FieldValue(line, range, of: name, keyword)
    guard value.isSecret(as: form, in: line) else { return nil }
    return SecretMatch(range: range, kind: line.tokenKind(of: range) ?? name.kind)
  }

  /// What may stand behind a name that has a value; behind the name of a mark stands a `]`.
  private static let mayFollow = ByteClass(" \t\"'`\\=:>".utf8)
}
