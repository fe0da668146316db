internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// A payload sent through a hook exactly as it is installed, to see that it arrives.
struct HookTrial {
  /// The instance that all trials belong to.
  static let instance = "setup.test"

  private let session: String

  /// Sends a payload as the agent would after a call.
  ///
  /// - Parameters:
  ///   - command: The command in the agent's settings.
  ///   - dialect: How the agent talks.
  ///   - time: When.
  init(of command: String, _ dialect: HookDialect, at time: UnixTime = .now()) {
    session = "setup-\(dialect)-\(time.milliseconds)"
    // What goes wrong shows in that nothing arrives.
    _ = CommandOutput.text(
      of: ["sh", "-c", command],
      input: Array(dialect.payload(session: session, at: time).utf8),
      environment: ["MCP_SIDECAR_INSTANCE": Self.instance],
      until: .now + .seconds(10)
    )
  }

  /// Whether the event is in a database.
  ///
  /// - Parameter store: The database.
  /// - Returns: Whether it is among the newest of the trials' events.
  /// - Throws: A ``StoreError`` when it cannot be read.
  func hasArrived(in store: AgentStore) throws -> Bool {
    try store.transactionNow { transaction in
      try transaction.mcpEvents(Self.instance, limit: 100).contains { $0.sessionID == session }
    }
  }

  /// Says that the instance of all trials has nothing more to do.
  ///
  /// - Parameter store: The database.
  /// - Throws: A ``StoreError`` when it cannot be written.
  static func end(in store: AgentStore) throws {
    try store.transactionNow { transaction in
      guard try transaction.instance(instance) != nil else { return }
      try transaction.updateInstanceStatus(instance, to: .terminated)
    }
  }
}
