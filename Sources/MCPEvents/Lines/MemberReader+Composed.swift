/// Texts of an event that are put together from several members.
extension MemberReader {
  /// The producer's uid; for an event of an archive one made of its origin and its number there.
  func eventUID(
    _ line: Span<UInt8>,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    let own = try identifier(.eventUID, line, &batch)
    guard own.isNone, let token = value(.origin), token.kind == .string,
      let id = value(.id), id.kind == .number
    else { return own }
    let origin = try identifier(.origin, line, &batch)
    guard let number = line.extracting(id.range).integer, number > 0 else {
      throw LineRejection(.invalidValue, "'id' of an event with an 'origin' must be 1 or more")
    }
    let uid = batch.appendText { (output: inout [UInt8]) in
      output.append(contentsOf: EventUID.archivePrefix.utf8)
      for index in origin.range { output.append(output[index]) }
      output.append(UInt8(ascii: ":"))
      output.append(decimal: number)
    }
    try checkIdentifier(.eventUID, length: uid.range.count)
    return uid
  }

  /// One JSON object of the `extra` key's members and of the keys that are no fields.
  func extra(
    _ line: Span<UInt8>,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    let given = value(.extra)
    guard given == nil || given?.kind == .object else {
      throw LineRejection(.wrongType, "'extra' must be an object")
    }
    if members.unknownKeys.isEmpty { return given.map(literal) ?? .none }
    return batch.appendText { (output: inout [UInt8]) in
      output.append(UInt8(ascii: "{"))
      let inner = given.map { line.trimmed($0.start + 1..<$0.end - 1) } ?? 0..<0
      output.append(copying: line.extracting(inner))
      var separator: StaticString = inner.isEmpty ? "" : ","
      for index in members.unknownKeys {
        output.append(separator)
        output.append(copying: line.extracting(tape.tokens[Int(index)].literalRange))
        output.append(UInt8(ascii: ":"))
        output.append(copying: line.extracting(tape.tokens[Int(index) + 1].literalRange))
        separator = ","
      }
      output.append(UInt8(ascii: "}"))
    }
  }
}

extension Span<UInt8> {
  /// The part of `range` without white space around it.
  fileprivate func trimmed(_ range: Range<Int32>) -> Range<Int> {
    var (start, end) = (Int(range.lowerBound), Int(range.upperBound))
    while start < end, self[start] <= 0x20 { start += 1 }
    while start < end, self[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}
