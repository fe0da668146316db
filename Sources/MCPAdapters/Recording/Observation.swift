internal import MCPEvents

/// What one line of an agent says.
enum Observation: Sendable {
  /// Something of an instance: of a session, or of a sub-agent.
  case instance(InstanceNote)
  /// A session or a sub-agent started or ended.
  case lifecycle(Lifecycle)
  /// A call begins, or more is known of one that has begun.
  case begin(CallFacts)
  /// A call ended.
  case end(CallFacts)
  /// How a call ended that had gone on in the background after its result, or what came of it.
  case late(CallFacts)
  /// What began as a call turns out to be none of its own.
  case forget(CallName)
  /// A call was not allowed to run; its result may have come before, or may still come.
  case denial(CallFacts)
  /// Calls that are open now get no result any more.
  case abandon(Abandonment)

  /// Whose instance records come of it, if any do.
  var owner: (agent: Agent, session: String?)? {
    switch self {
    case .instance(let note): (note.agent, note.session)
    case .lifecycle(let change): (change.agent, change.session)
    case .begin(let facts), .end(let facts), .denial(let facts):
      (facts.name.agent, facts.session)
    case .late, .forget, .abandon: nil
    }
  }
}

/// What a line says of a session or a sub-agent.
struct InstanceNote: Sendable {
  let agent: Agent
  let session: String?
  var agentID: String?
  /// The session from which this one came.
  var parent: String?
  /// The session that came from this one, and that the note is of.
  var child: String?
  /// The call that started it.
  var callID: String?
  var model: String?
  var directory: String?
  var branch: String?
  var repository: String?
  /// When the line says that it was there.
  var time: EventTime?
  var metadata = Members(limit: 32 << 10)

  init(_ agent: Agent, session: String?, agentID: String? = nil) {
    self.agent = agent
    self.session = session
    self.agentID = agentID
  }

  /// Whether it says no more than that there is the instance.
  var isBare: Bool {
    parent == nil && model == nil && directory == nil && branch == nil && repository == nil
      && metadata.isEmpty
  }
}

/// That a session or a sub-agent started or ended.
struct Lifecycle: Sendable {
  let agent: Agent
  let session: String?
  var agentID: String?
  /// The session that came from this one, and that it happened to.
  var child: String?
  let change: InstanceStatus
  /// What tells it from others of the same session: else the sub-agent's id, else the stream's
  /// digest.
  var mark: String?
  var time: EventTime?
  var outcome = Outcome.ok
  var errorMessage: String?
  var duration: Int64?
  var details = Members(limit: 8 << 10)

  init(_ agent: Agent, session: String?, agentID: String? = nil, _ change: InstanceStatus) {
    self.agent = agent
    self.session = session
    self.agentID = agentID
    self.change = change
  }
}

/// Which open calls get no result any more.
struct Abandonment: Sendable {
  enum Extent: Sendable {
    /// All calls of the session.
    case session
    /// Those that the session's main agent made.
    case mainAgent
    /// Those that one sub-agent made.
    case agent(String)
  }

  let agent: Agent
  /// `nil` means those of all sessions.
  let session: String?
  var extent = Extent.session
  /// Whether their ids start again, so that what comes next under them is another call.
  var startsAnew = false

  /// Whether the call gets no result any more.
  func covers(_ facts: CallFacts) -> Bool {
    guard facts.name.agent == agent, session == nil || facts.session == session else {
      return false
    }
    return switch extent {
    case .session: true
    case .mainAgent: facts.agentID == nil
    case .agent(let id): facts.agentID == id
    }
  }
}
