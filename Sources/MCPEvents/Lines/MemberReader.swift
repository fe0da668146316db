/// Reads the typed values of a scanned line.
///
/// The line's bytes are passed to each call; a copy of them stands in the batch, where the texts
/// without escapes are found.
struct MemberReader: Sendable {
  /// The longest identifier, in bytes.
  static let maximumIdentifierLength = 1024

  private(set) var tape = JSONTape(recordedDepth: 1)
  private(set) var members = MemberTable()

  /// The index of the line's first byte in the batch.
  var lineStart = 0

  /// Scans a line; of one that is no object there are no members.
  mutating func scan(_ line: Span<UInt8>) throws(JSONError) {
    try tape.scan(line)
    members.fill(from: tape, line)
  }

  /// What kind of value the line is.
  var kind: JSONToken.Kind { tape.tokens[0].kind }

  /// The token of the field's value; `nil` when the field is absent or null.
  @inline(__always)
  func value(_ field: EventField) -> JSONToken? { members.value(field, in: tape) }

  /// The place of a value as it was written.
  func literal(_ token: JSONToken) -> TextSlice {
    let range = token.literalRange
    return TextSlice(range.lowerBound + lineStart..<range.upperBound + lineStart)
  }

  /// The place of a string's text, which is in the line itself unless it has escapes.
  @inline(__always)
  func text(_ token: JSONToken, _ line: Span<UInt8>, _ batch: inout EventBatch) -> TextSlice {
    guard token.hasEscapes else {
      let range = token.range
      return TextSlice(range.lowerBound + lineStart..<range.upperBound + lineStart)
    }
    return batch.appendText { (output: inout [UInt8]) in
      JSONText.unescape(line.extracting(token.range), into: &output)
    }
  }
}

extension MemberReader {
  @inline(__always)
  private func string(_ field: EventField) throws(LineRejection) -> JSONToken? {
    guard let token = value(field) else { return nil }
    guard token.kind == .string else {
      throw LineRejection(.wrongType, "'\(field.key)' must be a string")
    }
    return token
  }

  /// A text of any length that may hold any character.
  func message(
    _ field: EventField,
    _ line: Span<UInt8>,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    guard let token = try string(field) else { return .none }
    return text(token, line, &batch)
  }

  /// A text of 1 to 1024 bytes without U+0000.
  @inline(__always)
  func identifier(
    _ field: EventField,
    _ line: Span<UInt8>,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    guard let token = try string(field) else { return .none }
    let slice = text(token, line, &batch)
    try checkIdentifier(field, length: slice.range.count)
    if token.hasEscapes, batch.bytes[slice.range].contains(0) {
      throw LineRejection(.invalidValue, "'\(field.key)' contains U+0000")
    }
    return slice
  }

  @inline(__always)
  func checkIdentifier(_ field: EventField, length: Int) throws(LineRejection) {
    guard length > 0 else {
      throw LineRejection(.invalidValue, "'\(field.key)' is empty")
    }
    guard length <= Self.maximumIdentifierLength else {
      throw LineRejection(
        .invalidValue,
        "'\(field.key)' is longer than \(Self.maximumIdentifierLength) bytes"
      )
    }
  }

  func flag(_ field: EventField) throws(LineRejection) -> Bool? {
    guard let token = value(field) else { return nil }
    return switch token.kind {
    case .true: true
    case .false: false
    case .object, .array, .string, .number, .null:
      throw LineRejection(.wrongType, "'\(field.key)' must be true or false")
    }
  }

  /// One word of a closed list.
  func word<Word: ClosedVocabulary>(
    _ field: EventField,
    _ line: Span<UInt8>
  ) throws(LineRejection) -> Word? {
    guard let token = try string(field) else { return nil }
    let word = token.withText(of: line) { (text) in Word(word: text) }
    guard let word else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw LineRejection(.invalidValue, "'\(field.key)' must be one of \(words)")
    }
    return word
  }

  /// The outcome that `success` and `outcome` say together.
  func outcome(_ line: Span<UInt8>) throws(LineRejection) -> Outcome {
    let named: Outcome? = try word(.outcome, line)
    guard let success = try flag(.success) else {
      guard let named else {
        throw LineRejection(.missingField, "'success' is missing, and so is 'outcome'")
      }
      return named
    }
    let outcome = named ?? (success ? .ok : .error)
    guard outcome.isSuccess == success else {
      throw LineRejection(
        .contradiction,
        "'success' is \(success), but 'outcome' is \(outcome.rawValue)"
      )
    }
    return outcome
  }

  func time(_ field: EventField, _ line: Span<UInt8>) throws(LineRejection) -> UnixTime? {
    guard let token = value(field) else { return nil }
    switch token.kind {
    case .string:
      guard let time = token.withText(of: line, { (text) in UnixTime(rfc3339: text) }) else {
        throw LineRejection(.invalidValue, "'\(field.key)' is no RFC 3339 time")
      }
      return time
    case .number:
      guard let time = UnixTime(number: line.extracting(token.range)) else {
        throw LineRejection(.invalidValue, "'\(field.key)' is no Unix time in the years 0 to 9999")
      }
      return time
    case .object, .array, .true, .false, .null:
      throw LineRejection(.wrongType, "'\(field.key)' must be an RFC 3339 time or a Unix time")
    }
  }

  /// A whole number of microseconds that is not negative.
  func duration(_ line: Span<UInt8>) throws(LineRejection) -> Int64? {
    guard let token = value(.duration) else { return nil }
    guard token.kind == .number else {
      throw LineRejection(.wrongType, "'duration_us' must be a number")
    }
    guard let value = line.extracting(token.range).integer, value >= 0 else {
      throw LineRejection(.invalidValue, "'duration_us' must be a whole number from 0 to 2^63-1")
    }
    return value
  }
}
