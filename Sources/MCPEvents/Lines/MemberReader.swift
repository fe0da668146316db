/// Reads the typed values of one event line whose bytes stand in a batch.
struct MemberReader {
  let tape: JSONTape
  let members: MemberTable
  /// The index of the line's first byte in the batch.
  let lineStart: Int

  /// The longest identifier, in bytes.
  static let maximumIdentifierLength = 1024

  @inline(__always)
  func value(_ field: EventField) -> JSONToken? { members.value(field, in: tape) }

  /// The place of a value as it was written.
  func literal(_ token: JSONToken) -> TextSlice {
    let range = token.literalRange
    return TextSlice(range.lowerBound + lineStart..<range.upperBound + lineStart)
  }

  /// The place of a string's text, which is in the line itself unless it has escapes.
  @inline(__always)
  func text(_ token: JSONToken, _ batch: inout EventBatch) -> TextSlice {
    let range = token.range.lowerBound + lineStart..<token.range.upperBound + lineStart
    guard token.hasEscapes else { return TextSlice(range) }
    return batch.appendText { (output: inout [UInt8]) in
      let escaped = Array(output[range])
      JSONText.unescape(escaped.span, into: &output)
    }
  }

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
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    guard let token = try string(field) else { return .none }
    return text(token, &batch)
  }

  /// A text of 1 to 1024 bytes without U+0000.
  @inline(__always)
  func identifier(
    _ field: EventField,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    guard let token = try string(field) else { return .none }
    let slice = text(token, &batch)
    guard !slice.range.isEmpty else {
      throw LineRejection(.invalidValue, "'\(field.key)' is empty")
    }
    guard slice.range.count <= Self.maximumIdentifierLength else {
      throw LineRejection(
        .invalidValue,
        "'\(field.key)' is longer than \(Self.maximumIdentifierLength) bytes"
      )
    }
    if token.hasEscapes, batch.bytes[slice.range].contains(0) {
      throw LineRejection(.invalidValue, "'\(field.key)' contains U+0000")
    }
    return slice
  }

  func flag(_ field: EventField) throws(LineRejection) -> Bool? {
    guard let token = value(field) else { return nil }
    switch token.kind {
    case .true: return true
    case .false: return false
    default: throw LineRejection(.wrongType, "'\(field.key)' must be true or false")
    }
  }

  /// One word of a closed list.
  func word<Word: RawRepresentable<String> & CaseIterable>(
    _ field: EventField,
    _ batch: EventBatch
  ) throws(LineRejection) -> Word? {
    guard let token = try string(field) else { return nil }
    let range = token.range.lowerBound + lineStart..<token.range.upperBound + lineStart
    guard let word = Word(rawValue: String(decoding: batch.bytes[range], as: UTF8.self)) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw LineRejection(.invalidValue, "'\(field.key)' must be one of \(words)")
    }
    return word
  }

  /// The outcome that `success` and `outcome` say together.
  func outcome(_ batch: EventBatch) throws(LineRejection) -> Outcome {
    let named: Outcome? = try word(.outcome, batch)
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

  func time(
    _ field: EventField,
    _ batch: EventBatch
  ) throws(LineRejection) -> UnixTime? {
    guard let token = value(field) else { return nil }
    let range = token.range.lowerBound + lineStart..<token.range.upperBound + lineStart
    let bytes = batch.bytes.span.extracting(range)
    switch token.kind {
    case .string:
      guard let time = UnixTime(rfc3339: bytes) else {
        throw LineRejection(.invalidValue, "'\(field.key)' is no RFC 3339 time")
      }
      return time
    case .number:
      guard let time = UnixTime(number: bytes) else {
        throw LineRejection(.invalidValue, "'\(field.key)' is no Unix time in the years 0 to 9999")
      }
      return time
    default:
      throw LineRejection(.wrongType, "'\(field.key)' must be an RFC 3339 time or a Unix time")
    }
  }

  /// A whole number of microseconds that is not negative.
  func duration(_ batch: EventBatch) throws(LineRejection) -> Int64? {
    guard let token = value(.duration) else { return nil }
    guard token.kind == .number else {
      throw LineRejection(.wrongType, "'duration_us' must be a number")
    }
    let range = token.range.lowerBound + lineStart..<token.range.upperBound + lineStart
    guard let value = Int64(String(decoding: batch.bytes[range], as: UTF8.self)), value >= 0
    else {
      throw LineRejection(.invalidValue, "'duration_us' must be a whole number from 0 to 2^63-1")
    }
    return value
  }

  /// The producer's uid; for an event of an archive one made of its origin and its number there.
  func eventUID(_ batch: inout EventBatch) throws(LineRejection) -> TextSlice {
    let own = try identifier(.eventUID, &batch)
    guard own.isNone, let origin = value(.origin), origin.kind == .string,
      let id = value(.id), id.kind == .number
    else { return own }
    let places = [origin, id].map {
      $0.range.lowerBound + lineStart..<$0.range.upperBound + lineStart
    }
    return batch.appendText { (output: inout [UInt8]) in
      let (origin, id) = (Array(output[places[0]]), Array(output[places[1]]))
      output.append(contentsOf: EventUID.archivePrefix.utf8)
      output.append(contentsOf: origin)
      output.append(UInt8(ascii: ":"))
      output.append(contentsOf: id)
    }
  }

  /// One JSON object of the `extra` key's members and of the keys that are no fields.
  func extra(_ batch: inout EventBatch) throws(LineRejection) -> TextSlice {
    let given = value(.extra)
    guard given == nil || given?.kind == .object else {
      throw LineRejection(.wrongType, "'extra' must be an object")
    }
    if members.unknownKeys.isEmpty { return given.map(literal) ?? .none }
    return batch.appendText { (output: inout [UInt8]) in
      output.append(UInt8(ascii: "{"))
      if let given {
        appendMembers(of: given, &output)
      }
      for index in members.unknownKeys {
        if output.last != UInt8(ascii: "{") { output.append(UInt8(ascii: ",")) }
        append(tape.tokens[Int(index)], &output)
        output.append(UInt8(ascii: ":"))
        append(tape.tokens[Int(index) + 1], &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private func append(_ token: JSONToken, _ output: inout [UInt8]) {
    let range = token.literalRange
    for index in range { output.append(output[index + lineStart]) }
  }

  /// Appends what stands between the braces of an object, without white space around it.
  private func appendMembers(of object: JSONToken, _ output: inout [UInt8]) {
    var (start, end) = (object.range.lowerBound + 1, object.range.upperBound - 1)
    while start < end, output[start + lineStart] <= 0x20 { start += 1 }
    while start < end, output[end - 1 + lineStart] <= 0x20 { end -= 1 }
    for index in start..<end { output.append(output[index + lineStart]) }
  }
}
