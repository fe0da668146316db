internal import MCPEvents

/// What a line says of one call: that it begins, how it ended, or both.
struct CallFacts: Sendable {
  private static let detailLimit = 4096

  /// Which call it is.
  var name: CallName
  /// How the call is found where a line does not repeat its name.
  var pairing: String?
  var tool: ToolName?
  /// The MCP server, where it is learnt after the tool.
  var server: String?
  /// The agent's own name of its session.
  var session: String?
  /// The sub-agent that makes the call.
  var agentID: String?
  /// The call's id as the source has it, where that is not the name's.
  var callID: String?
  var parentCallID: String?
  var gitCommitHash: String?
  /// When the line says that it happened.
  var time: EventTime?
  var paths: [String] = []
  /// The captured arguments.
  var arguments = Members()
  /// What else goes into the metadata.
  var details = Members(limit: detailLimit)

  // Of a result only:

  var outcome: Outcome?
  /// Whether the source may yet say something better.
  var isProvisional = false
  var errorMessage: String?
  var errorType: String?
  /// The captured result.
  var result: [UInt8]?
  var exitCode: Int64?
  /// What the source says that it took, in microseconds.
  var duration: Int64?
  /// Whether the line repeats what was said before.
  var isReplay = false
  /// When the source says that it began.
  var began: EventTime?

  init(_ name: CallName) {
    self.name = name
  }

  /// Sets the arguments and the paths among them.
  mutating func take(arguments value: JSONValue?, _ capture: Capture) {
    guard let value, !value.isNull else { return }
    arguments = capture.arguments(value.lineJSON)
    paths = TouchedPaths.paths(in: value)
  }

  /// Sets the error message to the first of `texts` that says anything.
  mutating func fail(_ texts: String?...) {
    for text in texts {
      guard let message = PlainText.message(text) else { continue }
      errorMessage = message
      return
    }
  }

  /// These facts, completed and corrected by those of a later line.
  func merged(with later: CallFacts) -> CallFacts {
    var facts = later
    facts.name = name
    facts.pairing = pairing ?? later.pairing
    facts.tool = Self.better(tool, later.tool)
    facts.server = later.server ?? server
    facts.session = later.session ?? session
    facts.agentID = agentID ?? later.agentID
    facts.callID = callID ?? later.callID
    facts.parentCallID = later.parentCallID ?? parentCallID
    facts.gitCommitHash = later.gitCommitHash ?? gitCommitHash
    facts.paths = paths + later.paths.filter { !paths.contains($0) }
    facts.arguments = later.arguments.isEmpty ? arguments : later.arguments
    facts.details = details
    facts.details.merge(later.details)
    facts.began = began ?? later.began
    facts.result = later.result ?? result
    facts.exitCode = later.exitCode ?? exitCode
    facts.duration = later.duration ?? duration
    return facts
  }

  /// The later line's tool, with the server that the earlier one knew.
  private static func better(_ first: ToolName?, _ second: ToolName?) -> ToolName? {
    guard var tool = second else { return first }
    if let first, first.name == tool.name {
      tool.server = tool.server ?? first.server
      tool.mcpTool = tool.mcpTool ?? first.mcpTool
    }
    return tool
  }
}
