/// The circumstances of the line from which records are made.
struct Scene: Sendable {
  let format: StreamFormat
  let arrival: Arrival
  /// The digest of the stream up to the line, 16 digits; empty when no record needs it.
  var streamDigest = ""
  /// The SHA-256 of the line as it was, when it had to be repaired.
  var rawDigest: String?

  /// What the rows call the format, where it is not that of the line.
  var origin: String?

  /// The scene of a row that says no more than the line did with which the call began.
  func recalling(_ entry: OpenCallEntry) -> Self {
    var scene = self
    scene.origin = entry.source
    scene.rawDigest = nil
    return scene
  }

  /// What the rows call the format.
  func source(of agent: Agent) -> String {
    if let origin { return origin }
    return switch format {
    case .hooks: "\(agent.rawValue).hooks"
    case .claudeStream where agent != .claude: "\(agent.rawValue).stream"
    default: format.rawValue
    }
  }
}
