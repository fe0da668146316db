/// What a tool does, in the same words for every agent.
///
/// The list is closed.
public enum ToolKind: String, CaseIterable, Hashable, Sendable {
  /// It reads files or other data.
  case read
  /// It changes or creates files.
  case edit
  /// It deletes files.
  case delete
  /// It moves or renames files.
  case move
  /// It searches files or an index.
  case search
  /// It runs a command.
  case execute
  /// It gets something from the network.
  case fetch
  /// It plans, delegates or keeps notes.
  case think
  /// None of the others.
  case other
}
