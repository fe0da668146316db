/// Turns the lines of the line protocol into records.
///
/// The scanner's memory and the batch's are reused, so that an event costs no allocation.
package struct LineDecoder: Sendable {
  /// What became of a line.
  package enum Result: Sendable {
    /// An event was appended to the batch.
    case event
    /// An instance, a relationship or an issue, to be upserted.
    case patch(RecordPatch)
    /// The line is ours, and holds no record.
    case ignored
    /// The line is a JSON object or array, but not of the line protocol.
    case foreign
  }

  private var reader = MemberReader()
  private var events: EventDecoder
  private let takesEveryLine: Bool

  /// Whether the last event stated its own time.
  package var statedTime: Bool { reader.value(.timestamp) != nil }

  /// Creates a decoder.
  ///
  /// - Parameters:
  ///   - defaultInstance: The instance of events that name none.
  ///   - takesEveryLine: Whether lines without a mark of the line protocol are ours as well, so
  ///     that they are rejected instead of being ``Result/foreign``.
  package init(defaultInstance: String? = nil, takesEveryLine: Bool = false) {
    events = EventDecoder(defaultInstance: defaultInstance)
    self.takesEveryLine = takesEveryLine
  }

  /// Decodes one line.
  ///
  /// - Parameters:
  ///   - line: The bytes of the line, without its terminator.
  ///   - position: Where the line was read.
  ///   - receivedAt: When the line was read; the time of an event that has none.
  ///   - batch: Where an event goes. It is unchanged unless the result is an event or a patch.
  /// - Returns: What the line was.
  /// - Throws: A ``LineRejection`` when the line is not JSON, or is ours and wrong.
  package mutating func decode(
    _ line: Span<UInt8>,
    at position: LinePosition,
    receivedAt: UnixTime,
    into batch: inout EventBatch
  ) throws(LineRejection) -> Result {
    do throws(JSONError) { try reader.scan(line) } catch { throw LineRejection(error, in: line) }
    guard let kind = try lineKind(line) else { return .foreign }
    guard !reader.members.hasTwoKinds else { throw duplicate(.kind) }
    switch kind {
    case .archiveFrame: return .ignored
    case .event: return try event(line, position, receivedAt, &batch)
    case .instance: return try patch(.instance, line, position, &batch)
    case .relationship: return try patch(.relationship, line, position, &batch)
    case .issue: return try patch(.issue, line, position, &batch)
    }
  }

  /// The kind of the line, or `nil` when it is not ours.
  private func lineKind(_ line: Span<UInt8>) throws(LineRejection) -> LineKind? {
    guard reader.kind == .object else {
      // An array may be a batch of JSON-RPC.
      if reader.kind == .array, !takesEveryLine { return nil }
      throw LineRejection(.notAnObject, "the line is JSON, but not an object")
    }
    let named = reader.value(.kind)
    if let named, named.kind == .string,
      let kind = named.withText(of: line, { (word) in LineKind(word) })
    {
      return kind
    }
    let members = reader.members
    let hasInstance = reader.value(.instanceID) != nil
    let hasTool = reader.value(.toolName) != nil && !members.hasType
    let isOurs = (hasInstance || hasTool) && !members.hasAgentMark
    guard isOurs || takesEveryLine else { return nil }
    guard named == nil else {
      throw LineRejection(
        .invalidValue,
        "'kind' must be event, instance, relationship or github_issue"
      )
    }
    return .event
  }

  private mutating func event(
    _ line: Span<UInt8>,
    _ position: LinePosition,
    _ receivedAt: UnixTime,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> Result {
    if let field = reader.members.duplicate { throw duplicate(field) }
    reader.lineStart = batch.beginLine(line, at: position)
    do throws(LineRejection) {
      try events.decode(reader, line, receivedAt, into: &batch)
    } catch {
      batch.cancelLine()
      throw error
    }
    return .event
  }

  private func duplicate(_ field: EventField) -> LineRejection {
    LineRejection(.duplicateKey, "the key '\(field.key)' stands there twice")
  }

  private func patch(
    _ kind: RecordKind,
    _ line: Span<UInt8>,
    _ position: LinePosition,
    _ batch: inout EventBatch
  ) throws(LineRejection) -> Result {
    let patch = try RecordPatch(kind, line: line)
    batch.beginLine(line, at: position)
    return .patch(patch)
  }
}
