/// How a call ended.
///
/// The list is closed.
public enum Outcome: String, CaseIterable, Hashable, Sendable {
  /// It did what it was asked.
  case ok
  /// It failed.
  case error
  /// It was not allowed to run.
  case denied
  /// It was stopped before it ended.
  case cancelled
  /// It took longer than it was given.
  case timeout
  /// Its result never came.
  case incomplete
  /// It waits for an answer before it can go on.
  case inputRequired = "input_required"
  /// The source does not say how it ended.
  case unknown

  /// Whether the call succeeded: only ``ok`` is a success.
  public var isSuccess: Bool { self == .ok }
}
