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
    /// The line is JSON, but not of the line protocol.
    case foreign
  }

  private var tape = JSONTape(recordedDepth: 1)
  private var members = MemberTable()
  private var events: EventDecoder
  private let takesEveryLine: Bool

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
    do throws(JSONError) { try tape.scan(line) } catch { throw LineRejection(error, in: line) }
    guard tape.tokens[0].kind == .object else {
      throw LineRejection(.notAnObject, "the line is JSON, but not an object")
    }
    members.fill(from: tape, line)
    guard let kind = try lineKind(line) else { return .foreign }
    if kind != .archiveFrame, kind == .event, let field = members.duplicate {
      throw LineRejection(.duplicateKey, "the key '\(field.key)' stands there twice")
    }
    switch kind {
    case .archiveFrame: return .ignored
    case .event:
      let start = batch.beginLine(line, at: position)
      do throws(LineRejection) {
        try events.decode(tape, members, lineStart: start, receivedAt, into: &batch)
      } catch {
        batch.cancelLine()
        throw error
      }
      return .event
    case .instance: return try patch(.instance, line, position, &batch)
    case .relationship: return try patch(.relationship, line, position, &batch)
    case .issue: return try patch(.issue, line, position, &batch)
    }
  }

  /// The kind of the line, or `nil` when it is not ours.
  private func lineKind(_ line: Span<UInt8>) throws(LineRejection) -> LineKind? {
    let named = members.value(.kind, in: tape)
    if let named, named.kind == .string, let kind = LineKind(line.extracting(named.range)) {
      return kind
    }
    let hasInstance = members.value(.instanceID, in: tape) != nil
    let hasTool = members.value(.toolName, in: tape) != nil && !members.hasType
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
