/// How one agent instance came from another.
public struct RelationshipType: OpenVocabulary {
  /// The word as it is stored.
  public let rawValue: String

  /// Takes any word; whether it may be stored is ``OpenVocabulary/isValid``.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// The parent asked the child to review its work.
  public static let spawnedReview: Self = "spawned_review"
  /// The child continues from a copy of the parent.
  public static let createdFork: Self = "created_fork"
  /// The parent planned the issue that the child works on.
  public static let planningToIssue: Self = "planning_to_issue"
  /// The parent started the child as its sub-agent.
  public static let spawnedSubagent: Self = "spawned_subagent"

  /// The built-in types.
  public static var builtIn: [Self] {
    [.spawnedReview, .createdFork, .planningToIssue, .spawnedSubagent]
  }
}
