/// The keys of an event line, which are the names of the columns.
package enum EventField: Int, CaseIterable, Sendable {
  case kind, instanceID, toolName, success, errorMessage, metadata, gitCommitHash, statusChange
  case isStatusUpdating, timestamp, outcome, duration, serverName, toolKind, sessionID, callID
  case parentCallID, sourceFormat, extra, eventUID
  /// Known, and assigned by the database that stores the event: not taken from a line.
  case id, receivedAt, instanceSequence, supersedes, origin, originID

  /// The key.
  package var key: String {
    switch self {
    case .kind: "kind"
    case .instanceID: "instance_id"
    case .toolName: "tool_name"
    case .success: "success"
    case .errorMessage: "error_message"
    case .metadata: "metadata"
    case .gitCommitHash: "git_commit_hash"
    case .statusChange: "status_change"
    case .isStatusUpdating: "is_status_updating"
    case .timestamp: "timestamp"
    case .outcome: "outcome"
    case .duration: "duration_us"
    case .serverName: "server_name"
    case .toolKind: "tool_kind"
    case .sessionID: "session_id"
    case .callID: "call_id"
    case .parentCallID: "parent_call_id"
    case .sourceFormat: "source_format"
    case .extra: "extra"
    case .eventUID: "event_uid"
    case .id: "id"
    case .receivedAt: "received_at"
    case .instanceSequence: "instance_seq"
    case .supersedes: "supersedes"
    case .origin: "origin"
    case .originID: "origin_id"
    }
  }

  /// The field that `key`, which has no escapes, names.
  package static func named(_ key: Span<UInt8>) -> Self? {
    switch key.count {
    case 2: key.equals("id") ? .id : nil
    case 4: key.equals("kind") ? .kind : nil
    case 5: key.equals("extra") ? .extra : nil
    case 6: key.equals("origin") ? .origin : nil
    case 7: ofSevenBytes(key)
    case 8: key.equals("metadata") ? .metadata : nil
    case 9: ofNineBytes(key)
    case 10: key.equals("session_id") ? .sessionID : key.equals("supersedes") ? .supersedes : nil
    case 11: ofElevenBytes(key)
    case 12: key.equals("instance_seq") ? .instanceSequence : nil
    case 13: ofThirteenBytes(key)
    case 14: key.equals("parent_call_id") ? .parentCallID : nil
    case 15: key.equals("git_commit_hash") ? .gitCommitHash : nil
    case 18: key.equals("is_status_updating") ? .isStatusUpdating : nil
    default: nil
    }
  }

  private static func ofSevenBytes(_ key: Span<UInt8>) -> Self? {
    if key.equals("success") { return .success }
    if key.equals("outcome") { return .outcome }
    return key.equals("call_id") ? .callID : nil
  }

  private static func ofNineBytes(_ key: Span<UInt8>) -> Self? {
    if key.equals("tool_name") { return .toolName }
    if key.equals("timestamp") { return .timestamp }
    if key.equals("tool_kind") { return .toolKind }
    if key.equals("event_uid") { return .eventUID }
    return key.equals("origin_id") ? .originID : nil
  }

  private static func ofElevenBytes(_ key: Span<UInt8>) -> Self? {
    if key.equals("instance_id") { return .instanceID }
    if key.equals("duration_us") { return .duration }
    if key.equals("server_name") { return .serverName }
    return key.equals("received_at") ? .receivedAt : nil
  }

  private static func ofThirteenBytes(_ key: Span<UInt8>) -> Self? {
    if key.equals("error_message") { return .errorMessage }
    if key.equals("status_change") { return .statusChange }
    return key.equals("source_format") ? .sourceFormat : nil
  }
}
