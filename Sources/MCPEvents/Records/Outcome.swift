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

extension Outcome: ClosedVocabulary {
  package init?(word: Span<UInt8>) {
    switch word.count {
    case 2 where word.equals("ok"): self = .ok
    case 5 where word.equals("error"): self = .error
    case 6 where word.equals("denied"): self = .denied
    case 9 where word.equals("cancelled"): self = .cancelled
    case 7 where word.equals("timeout"): self = .timeout
    case 10 where word.equals("incomplete"): self = .incomplete
    case 14 where word.equals("input_required"): self = .inputRequired
    case 7 where word.equals("unknown"): self = .unknown
    default: return nil
    }
  }

  package var word: StaticString {
    switch self {
    case .ok: "ok"
    case .error: "error"
    case .denied: "denied"
    case .cancelled: "cancelled"
    case .timeout: "timeout"
    case .incomplete: "incomplete"
    case .inputRequired: "input_required"
    case .unknown: "unknown"
    }
  }
}
