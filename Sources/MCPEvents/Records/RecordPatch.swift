/// An upsert: the columns that are present change, null clears, the others stay.
package struct RecordPatch: Hashable, Sendable {
  package let kind: RecordKind

  /// The values by column name, in the order in which they were set.
  package private(set) var values: [(column: Column, value: ColumnValue)] = []

  /// The columns that change only while they have no value; of two times the earlier one stays.
  package private(set) var firstColumns: Set<String> = []

  /// Whether a recorder saw what it says, on its own machine and as its own user.
  ///
  /// Else it is what somebody wrote of the record.
  package var isObserved = false

  package init(_ kind: RecordKind) {
    self.kind = kind
  }

  /// The value of a column, if it is present.
  package subscript(name: String) -> ColumnValue? {
    values.first { $0.column.name == name }?.value
  }

  /// The text of a column, if it is present and not null.
  package func text(_ name: String) -> String? {
    switch self[name] {
    case .text(let text), .json(let text), .mergedJSON(let text): text
    case .null, .integer, nil: nil
    }
  }

  /// Sets a column, after checking that it may hold the value.
  ///
  /// JSON text is brought on one line: line breaks in it are white space, never content.
  ///
  /// - Parameters:
  ///   - name: A column of the record's table.
  ///   - value: The value.
  /// - Throws: A ``LineRejection`` that names the column.
  package mutating func set(_ name: String, _ value: ColumnValue) throws(LineRejection) {
    guard let column = kind.column(name) else {
      throw LineRejection(.invalidValue, "\(kind.table) has no column '\(name)'")
    }
    try column.check(value)
    values.removeAll { $0.column == column }
    values.append((column, value.onOneLine))
  }

  /// Sets a column for a record that has no value there yet; of two times the earlier one stays.
  ///
  /// - Parameters:
  ///   - name: A column of the record's table.
  ///   - value: The value.
  /// - Throws: A ``LineRejection`` that names the column.
  package mutating func setFirst(_ name: String, _ value: ColumnValue) throws(LineRejection) {
    try set(name, value)
    firstColumns.insert(name)
  }

  /// Sets a column unless it is present already.
  package mutating func setDefault(_ name: String, _ value: ColumnValue) throws(LineRejection) {
    guard self[name] == nil else { return }
    try set(name, value)
  }

  package static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.kind == rhs.kind && lhs.values.elementsEqual(rhs.values) { $0 == $1 }
      && lhs.firstColumns == rhs.firstColumns && lhs.isObserved == rhs.isObserved
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    for (column, value) in values {
      hasher.combine(column.name)
      hasher.combine(value)
    }
  }
}

extension Column {
  /// Checks that the column may hold `value`.
  ///
  /// - Throws: A ``LineRejection`` that names the column.
  package func check(_ value: ColumnValue) throws(LineRejection) {
    switch (content, value) {
    case (_, .null):
      guard role != .key else { throw LineRejection(.missingField, "'\(name)' is missing") }
    case (.identifier, .text(let text)):
      try check(text, isEmptyAllowed: false, limit: MemberReader.maximumIdentifierLength)
    case (.name, .text(let text)): try check(text, isEmptyAllowed: true, limit: 65_536)
    case (.text, .text): break
    case (.integer(let range), .integer(let number)):
      guard range.contains(number) else {
        throw LineRejection(.invalidValue, "'\(name)' must be at least \(range.lowerBound)")
      }
    case (.time, .integer(let number)):
      guard UnixTime.earliest.milliseconds...UnixTime.latest.milliseconds ~= number else {
        throw LineRejection(.invalidValue, "'\(name)' is outside of the years 0 to 9999")
      }
    case (.json, .json(let text)): try checkJSON(text)
    case (.json, .mergedJSON(let text)): try checkJSON(text, kind: .object)
    case (.instanceType, .text(let word)): try check(InstanceType(rawValue: word))
    case (.instanceStatus, .text(let word)): try check(InstanceStatus(rawValue: word))
    case (.relationshipType, .text(let word)): try check(RelationshipType(rawValue: word))
    default: throw LineRejection(.wrongType, "'\(name)' has a value of the wrong type")
    }
  }

  private func check(
    _ text: String,
    isEmptyAllowed: Bool,
    limit: Int
  ) throws(LineRejection) {
    guard isEmptyAllowed || !text.isEmpty else {
      throw LineRejection(.invalidValue, "'\(name)' is empty")
    }
    guard text.utf8.count <= limit else {
      throw LineRejection(.invalidValue, "'\(name)' is longer than \(limit) bytes")
    }
    guard !text.utf8.contains(0) else {
      throw LineRejection(.invalidValue, "'\(name)' contains U+0000")
    }
  }

  private func check<Word: OpenVocabulary>(_ word: Word) throws(LineRejection) {
    guard !word.isValid else { return }
    let words = Word.builtIn.map(\.rawValue).joined(separator: ", ")
    let advice = word.suggestion.map { "did you mean '\($0)'?" } ?? "known are \(words)"
    let quoted = JSONText.quoted(String(word.rawValue.prefix(64)))
    throw LineRejection(
      .invalidValue,
      "'\(name)' cannot be \(quoted): \(advice) (own words contain a dot)"
    )
  }

  private func checkJSON(
    _ text: String,
    kind: JSONToken.Kind? = nil
  ) throws(LineRejection) {
    var tape = JSONTape(recordedDepth: 0, depthLimit: JSONTape.maximumDepth - 1)
    let bytes = Array(text.utf8)
    do throws(JSONError) { try tape.scan(bytes.span) } catch {
      let reason = LineRejection(error, in: bytes.span)
      throw LineRejection(
        error.reason == .tooDeep ? .tooDeep : .invalidValue,
        "'\(name)' is no JSON: \(reason.message)"
      )
    }
    guard kind == nil || kind == tape.tokens[0].kind else {
      throw LineRejection(.wrongType, "'\(name)' must be a JSON object")
    }
  }
}
