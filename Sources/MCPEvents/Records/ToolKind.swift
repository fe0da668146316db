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

extension ToolKind: ClosedVocabulary {
  package init?(word: Span<UInt8>) {
    switch word.count {
    case 4 where word.equals("read"): self = .read
    case 4 where word.equals("edit"): self = .edit
    case 6 where word.equals("delete"): self = .delete
    case 4 where word.equals("move"): self = .move
    case 6 where word.equals("search"): self = .search
    case 7 where word.equals("execute"): self = .execute
    case 5 where word.equals("fetch"): self = .fetch
    case 5 where word.equals("think"): self = .think
    case 5 where word.equals("other"): self = .other
    default: return nil
    }
  }

  package var word: StaticString {
    switch self {
    case .read: "read"
    case .edit: "edit"
    case .delete: "delete"
    case .move: "move"
    case .search: "search"
    case .execute: "execute"
    case .fetch: "fetch"
    case .think: "think"
    case .other: "other"
    }
  }
}
