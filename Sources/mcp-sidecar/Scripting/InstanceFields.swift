internal import ArgumentParser
internal import MCPEvents
internal import MCPStore

/// The columns of an instance, as options.
struct InstanceFields: ParsableArguments {
  @Option(help: "What it is for.")
  var type: InstanceType?

  @Option(help: "Where it stands.")
  var status: InstanceStatus?

  @Option(help: "The directory it works in.")
  var worktree: String?

  @Option(help: "The branch it works on.")
  var branch: String?

  @Option(help: "The branch that its work is to be merged into.")
  var baseBranch: String?

  @Option(help: "The tmux session it runs in.")
  var tmuxSession: String?

  @Option(help: "The process id of the agent.")
  var pid: Int?

  @Option(help: "The issue it works on.")
  var issue: Int?

  @Option(help: "Its pull request.")
  var pr: Int?

  @Option(help: "The address of its pull request.")
  var prURL: String?

  @Option(help: "The instance that started it.")
  var parent: String?

  @Option(help: "Which of several agents on one issue it is.")
  var agentNumber: Int?

  @Option(help: "What it is told to be.")
  var systemPrompt: String?

  @Option(help: "What people call it.")
  var name: String?

  @Option(help: "The program, such as claude or codex.")
  var agent: String?

  @Option(help: "The model behind it.")
  var model: String?

  @Option(help: ArgumentHelp("The repository.", valueName: "owner/name"))
  var repo: String?

  @Option(help: "The machine it runs on.")
  var host: String?

  @Option(help: "The user it runs as.")
  var user: String?

  @Option(help: ArgumentHelp("Labels, result, tokens, cost.", valueName: "JSON"))
  var metadata: String?

  /// The instance to create.
  func newInstance(_ id: String) -> NewInstance {
    var instance = NewInstance(
      id: id,
      type: type ?? .coding,
      status: status ?? .started,
      worktreePath: worktree,
      branchName: branch,
      baseBranch: baseBranch,
      tmuxSession: tmuxSession,
      claudePID: pid,
      issueNumber: issue,
      agentNumber: agentNumber ?? 1,
      systemPrompt: systemPrompt,
      parentInstanceID: parent
    )
    (instance.prNumber, instance.prURL) = (pr, prURL)
    (instance.name, instance.agent, instance.model) = (name, agent, model)
    (instance.repository, instance.host, instance.osUser) = (repo, host, user)
    instance.metadata = metadata
    return instance
  }

  /// The change to make.
  func update(clearing cleared: Set<InstanceUpdate.Field>) -> InstanceUpdate {
    var update = InstanceUpdate(
      status: status,
      issueNumber: issue,
      prNumber: pr,
      prURL: prURL,
      clearing: cleared
    )
    (update.type, update.worktreePath, update.branchName) = (type, worktree, branch)
    (update.baseBranch, update.tmuxSession, update.claudePID) = (baseBranch, tmuxSession, pid)
    (update.parentInstanceID, update.systemPrompt) = (parent, systemPrompt)
    (update.agentNumber, update.name, update.agent) = (agentNumber, name, agent)
    (update.model, update.repository, update.host) = (model, repo, host)
    (update.osUser, update.metadata) = (user, metadata)
    return update
  }
}
