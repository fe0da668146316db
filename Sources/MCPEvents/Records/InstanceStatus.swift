/// Where an agent instance stands in its life.
public struct InstanceStatus: OpenVocabulary {
  /// The word as it is stored.
  public let rawValue: String

  /// Takes any word; whether it may be stored is ``OpenVocabulary/isValid``.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// It runs.
  public static let started: Self = "started"
  /// It waits for a review.
  public static let waitingReview: Self = "waiting_review"
  /// Its pull request is open.
  public static let prCreated: Self = "pr_created"
  /// Its pull request was merged; the instance has ended.
  public static let prMerged: Self = "pr_merged"
  /// Its pull request was closed without a merge; the instance has ended.
  public static let prClosed: Self = "pr_closed"
  /// It has ended.
  public static let terminated: Self = "terminated"

  /// The built-in statuses.
  public static var builtIn: [Self] {
    [.started, .waitingReview, .prCreated, .prMerged, .prClosed, .terminated]
  }

  /// Whether an instance with this status has ended, which sets its `terminated_at`.
  public var isFinal: Bool { [.prMerged, .prClosed, .terminated].contains(self) }
}
