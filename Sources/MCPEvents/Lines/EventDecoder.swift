/// Turns the members of an event line into a row of a batch.
struct EventDecoder: Sendable {
  private let defaultInstance: String?
  private var metadataTape = JSONTape(recordedDepth: 0, depthLimit: JSONTape.maximumDepth - 1)

  init(defaultInstance: String?) {
    self.defaultInstance = defaultInstance
  }

  /// Appends the event to `batch`, whose last line it is.
  mutating func decode(
    _ tape: JSONTape,
    _ members: MemberTable,
    lineStart: Int,
    _ receivedAt: UnixTime,
    into batch: inout EventBatch
  ) throws(LineRejection) {
    let reader = MemberReader(tape: tape, members: members, lineStart: lineStart)
    var row = EventRow()
    row.instanceID = try reader.identifier(.instanceID, &batch)
    if row.instanceID.isNone {
      guard let defaultInstance else {
        throw LineRejection(.missingField, "'instance_id' is missing; --instance gives a default")
      }
      row.instanceID = batch.appendText(defaultInstance)
    }
    row.toolName = try reader.identifier(.toolName, &batch)
    guard !row.toolName.isNone else {
      throw LineRejection(.missingField, "'tool_name' is missing")
    }
    row.outcome = try reader.outcome(batch)
    row.errorMessage = try reader.message(.errorMessage, &batch)
    row.gitCommitHash = try reader.identifier(.gitCommitHash, &batch)
    row.statusChange = try reader.identifier(.statusChange, &batch)
    row.isStatusUpdating = try reader.flag(.isStatusUpdating) ?? false
    row.timestamp = try reader.time(.timestamp, batch) ?? receivedAt
    row.receivedAt = receivedAt
    row.duration = try reader.duration(batch)
    row.serverName = try reader.identifier(.serverName, &batch)
    row.toolKind = try reader.word(.toolKind, batch)
    row.sessionID = try reader.identifier(.sessionID, &batch)
    row.callID = try reader.identifier(.callID, &batch)
    row.parentCallID = try reader.identifier(.parentCallID, &batch)
    row.sourceFormat = try reader.identifier(.sourceFormat, &batch)
    row.eventUID = try reader.eventUID(&batch)
    row.metadata = try metadata(reader, &batch)
    row.extra = try reader.extra(&batch)
    batch.append(row)
  }

  /// The metadata's JSON text: of a string that holds a JSON object that object.
  private mutating func metadata(
    _ reader: MemberReader,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> TextSlice {
    guard let token = reader.value(.metadata) else { return .none }
    guard token.kind == .string else { return reader.literal(token) }
    let text = reader.text(token, &batch)
    guard text.range.count > 1, holdsObject(batch.bytes.span.extracting(text.range)) else {
      return reader.literal(token)
    }
    return batch.appendLine(text)
  }

  private mutating func holdsObject(_ text: Span<UInt8>) -> Bool {
    do throws(JSONError) { try metadataTape.scan(text) } catch { return false }
    return metadataTape.tokens[0].kind == .object
  }
}

extension EventBatch {
  /// Adds a copy of JSON text on one line: line breaks in JSON are white space, never content.
  mutating func appendLine(_ text: TextSlice) -> TextSlice {
    guard bytes[text.range].contains(UInt8(ascii: "\n")) else { return text }
    return appendText { (output: inout [UInt8]) in
      for index in text.range {
        output.append(output[index] == UInt8(ascii: "\n") ? UInt8(ascii: " ") : output[index])
      }
    }
  }
}
