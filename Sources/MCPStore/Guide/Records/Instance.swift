public import MCPEvents

/// One run of an agent: what it was started for, where it works, and where it stands.
public struct Instance: Hashable, Sendable, Identifiable {
  /// The id that whoever started the agent chose.
  public internal(set) var id: String
  /// What it is for.
  public internal(set) var type: InstanceType
  /// Where it stands in its life.
  public internal(set) var status: InstanceStatus
  /// The directory it works in.
  public internal(set) var worktreePath: String?
  /// The branch it works on.
  public internal(set) var branchName: String?
  /// The branch that its work is to be merged into.
  public internal(set) var baseBranch: String?
  /// The tmux session it runs in.
  public internal(set) var tmuxSession: String?
  /// The process id of the agent, whichever agent it is.
  public internal(set) var claudePID: Int?
  /// The issue it works on.
  public internal(set) var issueNumber: Int?
  /// Its pull request.
  public internal(set) var prNumber: Int?
  /// The address of its pull request.
  public internal(set) var prURL: String?
  /// The instance that started it.
  public internal(set) var parentInstanceID: String?
  /// When it was started.
  public internal(set) var createdAt: UnixTime
  /// When it ended.
  public internal(set) var terminatedAt: UnixTime?
  /// When it was last heard of: its newest event or update.
  public internal(set) var lastActivity: UnixTime
  /// What it was told to be.
  public internal(set) var systemPrompt: String?
  /// Which of several agents on one issue it is, from 1.
  public internal(set) var agentNumber: Int
  /// What people call it.
  public internal(set) var name: String?
  /// The program, such as `claude` or `codex`.
  public internal(set) var agent: String?
  /// The model behind it.
  public internal(set) var model: String?
  /// The repository, as owner/name.
  public internal(set) var repository: String?
  /// The machine it runs on.
  public internal(set) var host: String?
  /// The user it runs as.
  public internal(set) var osUser: String?
  /// Labels, result, tokens, cost: a JSON object.
  public internal(set) var metadata: String?
  /// When ``status`` became what it is.
  public internal(set) var statusChangedAt: UnixTime
  /// How many events of it have ever been stored.
  public internal(set) var eventCount: Int
}

extension Instance {
  /// Reads the current row of a statement that selects ``columnList``.
  init(_ row: PreparedStatement) {
    id = row.string(0) ?? ""
    type = InstanceType(rawValue: row.string(1) ?? "")
    status = InstanceStatus(rawValue: row.string(2) ?? "")
    worktreePath = row.string(3)
    branchName = row.string(4)
    baseBranch = row.string(5)
    tmuxSession = row.string(6)
    claudePID = row.int(7)
    issueNumber = row.int(8)
    prNumber = row.int(9)
    prURL = row.string(10)
    parentInstanceID = row.string(11)
    createdAt = row.time(12)
    terminatedAt = row.optionalTime(13)
    lastActivity = row.time(14)
    systemPrompt = row.string(15)
    agentNumber = row.int(16) ?? 1
    name = row.string(17)
    agent = row.string(18)
    model = row.string(19)
    repository = row.string(20)
    host = row.string(21)
    osUser = row.string(22)
    metadata = row.string(23)
    statusChangedAt = row.time(24)
    eventCount = row.int(25) ?? 0
  }

  /// The columns in the order in which they are read.
  static let columnList = """
    id, type, status, worktree_path, branch_name, base_branch, tmux_session, claude_pid,
    issue_number, pr_number, pr_url, parent_instance_id, created_at, terminated_at,
    last_activity, system_prompt, agent_number, name, agent, model, repo, host, os_user,
    metadata, status_changed_at, event_count
    """
}
