/// The records that change, each with its table and columns in the order of the schema.
package enum RecordKind: String, CaseIterable, Hashable, Sendable {
  case instance
  case relationship
  case issue = "github_issue"

  /// The name of the table.
  package var table: String {
    switch self {
    case .instance: "instances"
    case .relationship: "relationships"
    case .issue: "github_issues"
    }
  }

  /// All columns, the guide's first.
  package var columns: [Column] {
    switch self {
    case .instance: Self.instanceColumns
    case .relationship: Self.relationshipColumns
    case .issue: Self.issueColumns
    }
  }

  /// The columns by which a row is found.
  package var keys: [Column] { columns.filter { $0.role == .key } }

  /// The column called `name`.
  package func column(_ name: String) -> Column? {
    columns.first { $0.name == name }
  }

  private static let number: Column.Content = .integer(1...Int64.max)

  private static let instanceColumns = [
    Column("id", .identifier, .key),
    Column("type", .instanceType),
    Column("status", .instanceStatus),
    Column("worktree_path", .name),
    Column("branch_name", .name),
    Column("base_branch", .name),
    Column("tmux_session", .name),
    Column("claude_pid", .integer(0...Int64.max)),
    Column("issue_number", number),
    Column("pr_number", number),
    Column("pr_url", .name),
    Column("parent_instance_id", .identifier),
    Column("created_at", .time),
    Column("terminated_at", .time),
    Column("last_activity", .time),
    Column("system_prompt", .text),
    Column("agent_number", .integer(0...Int64.max)),
    Column("name", .name),
    Column("agent", .name),
    Column("model", .name),
    Column("repo", .name),
    Column("host", .name),
    Column("os_user", .name),
    Column("metadata", .json),
    Column("status_changed_at", .time, .assigned),
    Column("event_count", .integer(0...Int64.max), .assigned),
  ]

  private static let relationshipColumns = [
    Column("id", number, .assigned),
    Column("parent_instance", .identifier, .key),
    Column("child_instance", .identifier, .key),
    Column("relationship_type", .relationshipType, .key),
    Column("review_iteration", .integer(0...Int64.max)),
    Column("created_at", .time),
    Column("metadata", .json),
  ]

  private static let issueColumns = [
    Column("repo_owner", .identifier, .key),
    Column("repo_name", .identifier, .key),
    Column("number", number, .key),
    Column("title", .text),
    Column("body", .text),
    Column("state", .name),
    Column("assignee", .name),
    Column("labels", .json),
    Column("created_at", .time),
    Column("updated_at", .time),
    Column("synced_at", .time, .assigned),
  ]
}
