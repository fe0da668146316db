package import MCPStore
package import MCPSystem

/// What server is listened to, and how its traffic is recorded.
package struct TapOptions: Sendable {
  /// The server's command, as it was typed.
  package var words: [CommandWord]
  /// What the user calls the server.
  package var serverName: String?
  /// The instance that the user, or the environment, named.
  package var instance: String?
  /// Opens the database; called on another thread.
  package var openStore: @Sendable () throws -> AgentStore
  /// How the traffic is recorded.
  package var recording = IngestOptions()
  /// Tells the user something once the server has ended.
  package var warn: @Sendable (String) -> Void
  package var programVersion: String

  package init(
    words: [CommandWord],
    programVersion: String,
    openStore: @escaping @Sendable () throws -> AgentStore,
    warn: @escaping @Sendable (String) -> Void
  ) {
    self.words = words
    self.programVersion = programVersion
    self.openStore = openStore
    self.warn = warn
  }

  /// What the server is called in messages.
  var title: String { serverName ?? FileSystem.lastComponent(of: words[0].text) }
}
