/// Turns the members of an event line into a row of a batch.
struct EventDecoder: Sendable {
  private let defaultInstance: String?

  /// Scans what will stand one level down in the event's own line.
  private var embeddedTape = JSONTape(recordedDepth: 0, depthLimit: JSONTape.maximumDepth - 1)

  init(defaultInstance: String?) {
    self.defaultInstance = defaultInstance
  }

  /// Appends the event to `batch`, whose last line it is.
  mutating func decode(
    _ reader: MemberReader,
    _ line: Span<UInt8>,
    _ receivedAt: UnixTime,
    into batch: inout EventBatch
  ) throws(LineRejection) {
    var row = EventRow()
    row.instanceID = try instance(reader, line, &batch)
    row.toolName = try reader.identifier(.toolName, line, &batch)
    guard !row.toolName.isNone else {
      throw LineRejection(.missingField, "'tool_name' is missing")
    }
    row.outcome = try reader.outcome(line)
    row.errorMessage = try reader.message(.errorMessage, line, &batch)
    row.gitCommitHash = try reader.identifier(.gitCommitHash, line, &batch)
    row.statusChange = try reader.identifier(.statusChange, line, &batch)
    row.isStatusUpdating = try reader.flag(.isStatusUpdating) ?? false
    row.timestamp = try reader.time(.timestamp, line) ?? receivedAt
    row.receivedAt = receivedAt
    row.duration = try reader.duration(line)
    row.serverName = try reader.identifier(.serverName, line, &batch)
    row.toolKind = try reader.word(.toolKind, line)
    row.sessionID = try reader.identifier(.sessionID, line, &batch)
    row.callID = try reader.identifier(.callID, line, &batch)
    row.parentCallID = try reader.identifier(.parentCallID, line, &batch)
    row.sourceFormat = try reader.identifier(.sourceFormat, line, &batch)
    row.eventUID = try reader.eventUID(line, &batch)
    row.metadata = metadata(reader, line, &batch)
    row.extra = try extra(reader, line, &batch)
    batch.append(row)
  }

  private func instance(
    _ reader: MemberReader,
    _ line: Span<UInt8>,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    let named = try reader.identifier(.instanceID, line, &batch)
    guard named.isNone else { return named }
    guard let defaultInstance else {
      throw LineRejection(.missingField, "'instance_id' is missing; --instance gives a default")
    }
    return batch.appendText(defaultInstance)
  }

  /// The metadata's JSON text: of a string that holds a JSON object that object.
  private mutating func metadata(
    _ reader: MemberReader,
    _ line: Span<UInt8>,
    _ batch: inout EventBatch
  ) -> TextSlice {
    guard let token = reader.value(.metadata) else { return .none }
    guard token.kind == .string else { return reader.literal(token) }
    let text = reader.text(token, line, &batch)
    if let object = object(in: batch.bytes.span.extracting(text.range)) {
      let start = text.range.lowerBound
      return batch.onOneLine(TextSlice(start + object.lowerBound..<start + object.upperBound))
    }
    if token.hasEscapes { batch.removeText(text) }
    return reader.literal(token)
  }

  /// Where the one JSON object is that `text` holds, without the white space around it.
  private mutating func object(in text: Span<UInt8>) -> Range<Int>? {
    let start = text.skippingSpace(from: 0)
    guard start < text.count, text[start] == UInt8(ascii: "{") else { return nil }
    do throws(JSONError) { try embeddedTape.scan(text) } catch { return nil }
    return embeddedTape.tokens[0].range
  }

  private mutating func extra(
    _ reader: MemberReader,
    _ line: Span<UInt8>,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    let extra = try reader.extra(line, &batch)
    // Unknown keys move one level down, and the event must still be a line that can be read.
    if reader.tape.deepest == JSONTape.maximumDepth, !reader.members.unknownKeys.isEmpty {
      do throws(JSONError) {
        try embeddedTape.scan(batch.bytes.span.extracting(extra.range))
      } catch {
        throw LineRejection(.tooDeep, "an unknown key's value is nested too deep for 'extra'")
      }
    }
    return extra
  }
}
