internal import MCPEvents

/// A table whose rows are listed.
package enum RecordTable: String, CaseIterable, Hashable, Sendable {
  case events = "mcp_events"
  case instances
  case relationships
  case issues = "github_issues"
  case runs = "ingest_runs"
  case rejected = "rejected_lines"

  /// The columns that can be shown, in the order of the schema.
  package var columns: [ListedColumn] {
    switch self {
    case .events: ListedColumn.ofEvents
    case .instances: RecordKind.instance.columns.map(ListedColumn.init)
    case .relationships: RecordKind.relationship.columns.map(ListedColumn.init)
    case .issues: RecordKind.issue.columns.map(ListedColumn.init)
    case .runs: ListedColumn.ofRuns
    case .rejected: ListedColumn.ofRejectedLines
    }
  }

  /// The column called `name`.
  package func column(_ name: String) -> ListedColumn? {
    columns.first { $0.name == name }
  }

  /// The columns that rows can be ordered by.
  package var orderColumns: [String] {
    switch self {
    case .events:
      [
        "id", "timestamp", "received_at", "instance_id", "tool_name", "outcome", "duration_us",
        "server_name", "tool_kind", "session_id", "instance_seq",
      ]
    case .instances:
      [
        "created_at", "last_activity", "status_changed_at", "terminated_at", "id", "name", "type",
        "status", "agent", "model", "repo", "host", "issue_number", "pr_number", "event_count",
      ]
    case .relationships:
      [
        "id", "created_at", "parent_instance", "child_instance", "relationship_type",
        "review_iteration",
      ]
    case .issues:
      ["number", "repo_name", "title", "state", "updated_at", "created_at", "synced_at"]
    case .runs:
      [
        "id", "started_at", "ended_at", "lines_read", "events", "rejected", "stored", "host",
        "source",
      ]
    case .rejected:
      ["id", "run_id", "line_number", "byte_offset", "byte_length", "received_at", "code"]
    }
  }

  /// The order of recording, which an index or the table itself has.
  var logOrder: [String] {
    switch self {
    case .events, .relationships, .runs, .rejected: ["id"]
    case .instances: ["created_at", "id"]
    case .issues: ["repo_owner", "repo_name", "number"]
    }
  }
}
