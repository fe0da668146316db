internal import MCPEvents

/// A column that can be shown: its name, what it holds, and the expression that reads it.
package struct ListedColumn: Hashable, Sendable {
  /// What a column holds.
  package enum Content: Hashable, Sendable {
    case text
    case integer
    /// 0 or 1, shown as false or true.
    case flag
    /// Unix milliseconds.
    case time
    /// A JSON value.
    case json
    /// Bytes that are mostly text.
    case line
    /// Bytes that are shown as hexadecimal digits.
    case digest
  }

  package let name: String
  package let content: Content
  let sql: String

  package init(_ name: String, _ content: Content = .text) {
    self.init(name, content, sql: nil)
  }

  init(_ name: String, _ content: Content = .text, sql: String?) {
    self.name = name
    self.content = content
    self.sql = sql ?? name
  }

  init(_ column: Column) {
    let content: Content =
      switch column.content {
      case .integer: .integer
      case .time: .time
      case .json: .json
      case .identifier, .name, .text, .instanceType, .instanceStatus, .relationshipType: .text
      }
    self.init(column.name, content)
  }

  /// The keys of an event's line, in their order.
  static let ofEvents = [
    Self("id", .integer, sql: EventReading.originalID),
    Self("instance_id"),
    Self("tool_name"),
    Self("success", .flag),
    Self("error_message"),
    Self("metadata", .json),
    Self("git_commit_hash"),
    Self("status_change"),
    Self("is_status_updating", .flag),
    Self("timestamp", .time),
    Self("outcome"),
    Self("duration_us", .integer),
    Self("server_name"),
    Self("tool_kind"),
    Self("session_id"),
    Self("call_id"),
    Self("parent_call_id"),
    Self("source_format"),
    Self("received_at", .time),
    Self("extra", .json),
    Self("event_uid"),
    Self("instance_seq", .integer),
    Self("supersedes", .integer, sql: EventReading.supersedes),
    Self("origin", sql: "(SELECT database_id FROM origins WHERE origins.id = mcp_events.origin)"),
  ]

  static let ofRuns = [
    Self("id", .integer),
    Self("state", sql: "ending"),
    Self("source"),
    Self("labels", .json),
    Self("host"),
    Self("os_user"),
    Self("pid", .integer),
    Self("program_version"),
    Self("started_at", .time),
    Self("heartbeat_at", .time),
    Self("ended_at", .time),
    Self("lines_read", .integer),
    Self("events", .integer),
    Self("duplicates", .integer),
    Self("ignored", .integer),
    Self("blank", .integer),
    Self("rejected", .integer),
    Self("stored", .integer),
    Self("redactions", .integer),
    Self("spilled", .integer),
    Self("lost", .integer),
    Self("retries", .integer),
    Self("waited_us", .integer),
    Self("wal_bytes", .integer),
    Self("first_batch", .integer),
    Self("last_batch", .integer),
    Self("error"),
  ]

  static let ofRejectedLines = [
    Self("id", .integer),
    Self("run_id", .integer),
    Self("line_number", .integer),
    Self("byte_offset", .integer),
    Self("byte_length", .integer),
    Self("code"),
    Self("reason"),
    Self("line", .line),
    Self("digest", .digest),
    Self("received_at", .time),
  ]
}
