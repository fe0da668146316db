package import MCPStore
package import MCPSystem

/// What command is run, and how it is recorded.
package struct CommandOptions: Sendable {
  /// The command, as it was typed.
  package var words: [CommandWord]
  /// The instance that the user named for it.
  package var instance: String?
  /// The instance that this program runs inside.
  package var outerInstance: String?
  /// What people call the instance.
  package var name: String?
  /// The absolute path of the database, which the command's own recorders use as well.
  package var database: String
  /// Opens the database; called on another thread.
  package var openStore: @Sendable () throws -> AgentStore
  /// How its output is recorded.
  package var recording = IngestOptions()
  /// Tells the user something once the command has ended.
  package var warn: @Sendable (String) -> Void
  package var programVersion: String

  package init(
    words: [CommandWord],
    database: String,
    programVersion: String,
    openStore: @escaping @Sendable () throws -> AgentStore,
    warn: @escaping @Sendable (String) -> Void
  ) {
    self.words = words
    self.database = database
    self.programVersion = programVersion
    self.openStore = openStore
    self.warn = warn
  }

  /// The command's words for people to read.
  var texts: [String] { words.map(\.text) }
}
