public import MCPEvents

/// An instance to be created.
///
/// Only ``id`` has to be given:
///
///     var instance = NewInstance(id: "work-123-a1", type: .coding, issueNumber: 123)
///     instance.model = "claude-opus-4"
///     try await store.createInstance(instance)
public struct NewInstance: Hashable, Sendable {
  /// The id, 1 to 1024 bytes: any text that is unique in the database.
  public var id: String
  /// What it is for.
  public var type: InstanceType
  /// Where it stands in its life.
  public var status: InstanceStatus
  /// The directory it works in.
  public var worktreePath: String?
  /// The branch it works on.
  public var branchName: String?
  /// The branch that its work is to be merged into.
  public var baseBranch: String?
  /// The tmux session it runs in.
  public var tmuxSession: String?
  /// The process id of the agent, whichever agent it is.
  public var claudePID: Int?
  /// The issue it works on.
  public var issueNumber: Int?
  /// Which of several agents on one issue it is, from 1.
  public var agentNumber: Int
  /// What it is told to be.
  public var systemPrompt: String?
  /// The instance that started it; one that is unknown is created.
  public var parentInstanceID: String?
  /// Its pull request.
  public var prNumber: Int?
  /// The address of its pull request.
  public var prURL: String?
  /// When it was started; now, unless given.
  public var createdAt: UnixTime?
  /// When it ended; a final status sets it unless given.
  public var terminatedAt: UnixTime?
  /// What people call it.
  public var name: String?
  /// The program, such as `claude` or `codex`.
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

  /// Describes an instance; what is left out is unknown, and can be set afterwards.
  public init(
    id: String,
    type: InstanceType = .coding,
    status: InstanceStatus = .started,
    worktreePath: String? = nil,
    branchName: String? = nil,
    baseBranch: String? = nil,
    tmuxSession: String? = nil,
    claudePID: Int? = nil,
    issueNumber: Int? = nil,
    agentNumber: Int = 1,
    systemPrompt: String? = nil,
    parentInstanceID: String? = nil
  ) {
    self.id = id
    self.type = type
    self.status = status
    self.worktreePath = worktreePath
    self.branchName = branchName
    self.baseBranch = baseBranch
    self.tmuxSession = tmuxSession
    self.claudePID = claudePID
    self.issueNumber = issueNumber
    self.agentNumber = agentNumber
    self.systemPrompt = systemPrompt
    self.parentInstanceID = parentInstanceID
  }
}

extension NewInstance {
  /// The row to insert.
  func patch() throws(LineRejection) -> RecordPatch {
    var patch = RecordPatch(.instance)
    try patch.set("id", .text(id))
    try patch.set("type", .text(type.rawValue))
    try patch.set("status", .text(status.rawValue))
    try patch.set("agent_number", .integer(Int64(agentNumber)))
    try patch.give("worktree_path", worktreePath)
    try patch.give("branch_name", branchName)
    try patch.give("base_branch", baseBranch)
    try patch.give("tmux_session", tmuxSession)
    try patch.give("claude_pid", claudePID)
    try patch.give("issue_number", issueNumber)
    try patch.give("system_prompt", systemPrompt)
    try patch.give("parent_instance_id", parentInstanceID)
    try patch.give("pr_number", prNumber)
    try patch.give("pr_url", prURL)
    try patch.give("created_at", createdAt)
    try patch.give("terminated_at", terminatedAt)
    try patch.give("name", name)
    try patch.give("agent", agent)
    try patch.give("model", model)
    try patch.give("repo", repository)
    try patch.give("host", host)
    try patch.give("os_user", osUser)
    try patch.give("metadata", json: metadata)
    if let createdAt, let terminatedAt, terminatedAt < createdAt {
      throw LineRejection(.contradiction, "'terminated_at' is before 'created_at'")
    }
    return patch
  }
}
