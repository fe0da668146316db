internal import MCPEvents

/// Which call a line speaks of, the same on every channel of one agent.
struct CallName: Hashable, Sendable {
  /// Where the call's id is unique.
  enum Scope: Hashable, Sendable {
    /// Everywhere: the id was drawn at random. Copies in forked sessions are the same call.
    case everywhere
    /// In one session.
    case session(String)
    /// In one process: the same ids come again in the next one. The word tells apart what goes on
    /// at once in one stream.
    case stream(String)
  }

  let agent: Agent
  let scope: Scope
  let id: String

  init(_ agent: Agent, _ scope: Scope, _ id: String) {
    self.agent = agent
    self.scope = scope
    self.id = id
  }

  /// The name of a call that has an id of its own.
  init(_ agent: Agent, session: String?, id: String) {
    self.agent = agent
    self.id = id
    scope =
      if Self.isUnique(id) { .everywhere } else { session.map(Scope.session) ?? .stream("") }
  }

  /// The uid of the event of its result.
  ///
  /// - Parameter streamDigest: The digest of the stream up to the line with which the call begins.
  /// - Returns: The uid.
  func eventUID(streamDigest: String) -> String {
    let place =
      switch scope {
      case .everywhere: "any"
      case .session(let session): session
      case .stream: streamDigest
      }
    return EventUID.make(
      family: agent.rawValue,
      scope: Identifier.short(place),
      call: Identifier.short(id)
    )
  }

  /// Whether the stream's digest is part of the uid.
  var needsStreamDigest: Bool {
    if case .stream = scope { true } else { false }
  }

  /// Whether an id has the shape of those that the makers of models draw at random.
  private static func isUnique(_ id: String) -> Bool {
    for prefix in ["toolu_", "srvtoolu_", "mcptoolu_", "call_", "exec-"] where id.hasPrefix(prefix)
    {
      let rest = id.utf8.dropFirst(prefix.utf8.count)
      return rest.count >= 20
        && rest.allSatisfy {
          $0.isLetterOrDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
    }
    return false
  }
}
