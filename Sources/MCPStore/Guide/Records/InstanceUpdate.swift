public import MCPEvents

/// What is to change in an instance; all that is not named stays.
///
///     try await store.updateInstance(id, InstanceUpdate(prNumber: 456, clearing: [.issueNumber]))
public struct InstanceUpdate: Hashable, Sendable {
  /// A column that can be made empty.
  public enum Field: String, CaseIterable, Hashable, Sendable {
    /// The directory.
    case worktreePath = "worktree_path"
    /// The branch.
    case branchName = "branch_name"
    /// The branch to merge into.
    case baseBranch = "base_branch"
    /// The tmux session.
    case tmuxSession = "tmux_session"
    /// The process id.
    case claudePID = "claude_pid"
    /// The issue.
    case issueNumber = "issue_number"
    /// The pull request.
    case prNumber = "pr_number"
    /// The address of the pull request.
    case prURL = "pr_url"
    /// The instance that started it.
    case parentInstanceID = "parent_instance_id"
    /// When it ended.
    case terminatedAt = "terminated_at"
    /// What it was told to be.
    case systemPrompt = "system_prompt"
    /// What people call it.
    case name
    /// The program.
    case agent
    /// The model.
    case model
    /// The repository.
    case repository = "repo"
    /// The machine.
    case host
    /// The user.
    case osUser = "os_user"
    /// Labels, result, tokens, cost.
    case metadata
  }

  /// What it is for.
  public var type: InstanceType?
  /// Where it stands; ``AgentStore/updateInstanceStatus(_:to:)`` also logs the change.
  public var status: InstanceStatus?
  /// The directory it works in.
  public var worktreePath: String?
  /// The branch it works on.
  public var branchName: String?
  /// The branch that its work is to be merged into.
  public var baseBranch: String?
  /// The tmux session it runs in.
  public var tmuxSession: String?
  /// The process id of the agent.
  public var claudePID: Int?
  /// The issue it works on.
  public var issueNumber: Int?
  /// Its pull request.
  public var prNumber: Int?
  /// The address of its pull request.
  public var prURL: String?
  /// The instance that started it; one that is unknown is created.
  public var parentInstanceID: String?
  /// When it ended.
  public var terminatedAt: UnixTime?
  /// When it was last heard of; now, unless given.
  public var lastActivity: UnixTime?
  /// What it is told to be.
  public var systemPrompt: String?
  /// Which of several agents on one issue it is.
  public var agentNumber: Int?
  /// What people call it.
  public var name: String?
  /// The program.
  public var agent: String?
  /// The model behind it.
  public var model: String?
  /// The repository, as owner/name.
  public var repository: String?
  /// The machine it runs on.
  public var host: String?
  /// The user it runs as.
  public var osUser: String?
  /// Labels, result, tokens, cost: a JSON object.
  public var metadata: String?
  /// What is to be made empty.
  public var clearing: Set<Field>

  /// Describes a change; more can be set afterwards.
  public init(
    status: InstanceStatus? = nil,
    issueNumber: Int? = nil,
    prNumber: Int? = nil,
    prURL: String? = nil,
    clearing: Set<Field> = []
  ) {
    self.status = status
    self.issueNumber = issueNumber
    self.prNumber = prNumber
    self.prURL = prURL
    self.clearing = clearing
  }
}

extension InstanceUpdate {
  /// The columns to change in the row of `id`.
  func patch(of id: String) throws(LineRejection) -> RecordPatch {
    var patch = RecordPatch(.instance)
    try patch.set("id", .text(id))
    try patch.give("type", type?.rawValue)
    try patch.give("status", status?.rawValue)
    try patch.give("worktree_path", worktreePath)
    try patch.give("branch_name", branchName)
    try patch.give("base_branch", baseBranch)
    try patch.give("tmux_session", tmuxSession)
    try patch.give("claude_pid", claudePID)
    try patch.give("issue_number", issueNumber)
    try patch.give("pr_number", prNumber)
    try patch.give("pr_url", prURL)
    try patch.give("parent_instance_id", parentInstanceID)
    try patch.give("terminated_at", terminatedAt)
    try patch.give("last_activity", lastActivity)
    try patch.give("system_prompt", systemPrompt)
    try patch.give("agent_number", agentNumber)
    try patch.give("name", name)
    try patch.give("agent", agent)
    try patch.give("model", model)
    try patch.give("repo", repository)
    try patch.give("host", host)
    try patch.give("os_user", osUser)
    try patch.give("metadata", json: metadata)
    for field in clearing {
      guard patch[field.rawValue] == nil else {
        throw LineRejection(.contradiction, "'\(field.rawValue)' is both set and cleared")
      }
      try patch.set(field.rawValue, .null)
    }
    return patch
  }
}
