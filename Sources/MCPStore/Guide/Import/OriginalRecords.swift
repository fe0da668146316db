internal import MCPEvents

/// How the rows of an original database become records.
enum OriginalRecords {
  static func instance(_ row: OriginalRow) -> NewInstance? {
    guard let id = row.name("id") else { return nil }
    var instance = NewInstance(
      id: id,
      type: row.word("type", .coding),
      status: row.word("status", .started),
      worktreePath: row.text("worktree_path"),
      branchName: row.text("branch_name"),
      baseBranch: row.text("base_branch"),
      tmuxSession: row.text("tmux_session"),
      claudePID: row.positive("claude_pid"),
      issueNumber: row.positive("issue_number"),
      agentNumber: row.positive("agent_number") ?? 1,
      systemPrompt: row.text("system_prompt"),
      parentInstanceID: row.name("parent_instance_id")
    )
    if instance.parentInstanceID == id { instance.parentInstanceID = nil }
    (instance.prNumber, instance.prURL) = (row.positive("pr_number"), row.text("pr_url"))
    (instance.createdAt, instance.terminatedAt) = (
      row.time("created_at"), row.time("terminated_at")
    )
    if let created = instance.createdAt, let end = instance.terminatedAt, end < created {
      instance.createdAt = end
    }
    instance.metadata = metadata(row, ["prompt_used", "prompt_context"])
    return instance
  }

  /// Columns that ours has not, as a JSON object.
  private static func metadata(_ row: OriginalRow, _ columns: [String]) -> String? {
    let members = columns.compactMap { column in
      row.name(column).map { JSONText.quoted(column) + ":" + JSONText.quoted($0) }
    }
    return members.isEmpty ? nil : "{" + members.joined(separator: ",") + "}"
  }

  static func event(_ row: OriginalRow) -> NewMCPEvent? {
    guard let tool = row.name("tool_name"), let id = row.text("id") else { return nil }
    var event = NewMCPEvent(
      instanceID: row.name("instance_id") ?? "unknown",
      toolName: tool,
      success: row.integer("success") ?? 0 != 0,
      errorMessage: row.text("error_message"),
      metadata: row.json("metadata")
    )
    event.gitCommitHash = row.name("git_commit_hash")
    // What the event said then is history: it must not move an instance that has gone on.
    let status: InstanceStatus = row.word("status_change", "imported.none")
    if status != "imported.none" { event.statusChange = status }
    event.timestamp = row.time("timestamp")
    event.eventUID = uid(id, event)
    return event
  }

  /// A name made of the row's number and content, so that a copy of the file, or the same file
  /// later, gives the same.
  private static func uid(_ id: String, _ event: NewMCPEvent) -> String {
    let parts: [String?] = [
      event.instanceID, event.toolName, event.outcome.rawValue, event.errorMessage,
      event.metadata, event.gitCommitHash, event.statusChange?.rawValue,
      event.timestamp.map { String($0.milliseconds) },
    ]
    let text = parts.map { $0.map(JSONText.quoted) ?? "null" }.joined(separator: ",")
    let digest = TreeHash(sha256: Array(text.utf8).span).description.prefix(16)
    return "claude-codex:\(digest):\(id)"
  }

  static func relationship(_ row: OriginalRow) -> NewRelationship? {
    guard let parent = row.name("parent_instance"), let child = row.name("child_instance"),
      parent != child
    else { return nil }
    var relationship = NewRelationship(
      parentInstance: parent,
      childInstance: child,
      type: row.word("relationship_type", "imported.unknown"),
      reviewIteration: row.positive("review_iteration") ?? 1,
      metadata: row.json("metadata")
    )
    relationship.createdAt = row.time("created_at")
    return relationship
  }

  static func issue(_ row: OriginalRow) -> NewGitHubIssue? {
    guard let number = row.positive("number") else { return nil }
    var issue = NewGitHubIssue(
      number: number,
      title: row.text("title"),
      body: row.text("body"),
      state: row.text("state"),
      assignee: row.text("assignee"),
      labels: row.json("labels"),
      repositoryOwner: row.name("repo_owner") ?? "unknown",
      repositoryName: row.name("repo_name") ?? "unknown"
    )
    (issue.createdAt, issue.updatedAt) = (row.time("created_at"), row.time("updated_at"))
    return issue
  }
}
