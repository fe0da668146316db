import MCPEvents

/// An event of a batch, its texts as strings.
struct RecordedEvent: Equatable {
  var instance: String
  var tool: String
  var server: String?
  var kind: ToolKind?
  var outcome: Outcome
  var error: String?
  var session: String?
  var call: String?
  var parent: String?
  var format: String?
  var commit: String?
  var uid: String
  var superseded: String?
  var status: String?
  var duration: Int64?
  var timestamp: UnixTime
  var metadata: String

  init(_ row: EventRow, _ batch: EventBatch) {
    instance = batch.string(row.instanceID)
    tool = batch.string(row.toolName)
    server = batch.optionalString(row.serverName)
    kind = row.toolKind
    outcome = row.outcome
    error = batch.optionalString(row.errorMessage)
    session = batch.optionalString(row.sessionID)
    call = batch.optionalString(row.callID)
    parent = batch.optionalString(row.parentCallID)
    format = batch.optionalString(row.sourceFormat)
    commit = batch.optionalString(row.gitCommitHash)
    uid = batch.string(row.eventUID)
    superseded = batch.optionalString(row.supersededUID)
    status = row.isStatusUpdating ? batch.optionalString(row.statusChange) : nil
    duration = row.duration
    timestamp = row.timestamp
    metadata = batch.string(row.metadata)
  }

  /// Whether it is a call, not the start or the end of a session.
  var isCall: Bool { status == nil }

  /// A member of the metadata.
  subscript(key: String) -> JSONValue? {
    (try? JSONDocument(Array(metadata.utf8).span))?.root[key]
  }
}
