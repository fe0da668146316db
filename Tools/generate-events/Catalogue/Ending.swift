/// How a call ends.
enum Ending {
  case succeeded
  /// The tool reported an error of its own.
  case failed
  case denied
  case timedOut
  case cancelled
  case incomplete

  private static let denials: [Template] = [
    "The user does not want to proceed with this tool use.",
    "Permission to run `\(.command)` has been denied by the rule Bash(git push:*)",
    "Uživatel volání zamítl.",
  ]
  private static let timeouts: [Template] = ["Timed out after 120 s", "命令超时（120 秒）"]
  private static let cancellations: [Template] = ["Interrupted by the user"]
  private static let interruptions: [Template] = ["The agent stopped before a result arrived"]

  /// One of a hundred unsuccessful calls, numbered 0 to 99.
  init(unsuccessful number: Int) {
    switch number {
    case ..<70: self = .failed
    case ..<84: self = .denied
    case ..<93: self = .timedOut
    case ..<98: self = .cancelled
    default: self = .incomplete
    }
  }

  /// The columns that follow from it, up to the error message; a plain failure needs no outcome.
  var columns: StaticString {
    switch self {
    case .succeeded: #""success":true,"#
    case .failed: #""success":false,"error_message":""#
    case .denied: #""success":false,"outcome":"denied","error_message":""#
    case .timedOut: #""success":false,"outcome":"timeout","error_message":""#
    case .cancelled: #""success":false,"outcome":"cancelled","error_message":""#
    case .incomplete: #""success":false,"outcome":"incomplete","error_message":""#
    }
  }

  /// The error messages to choose from; none if it succeeded.
  func messages(of tool: Tool) -> [Template] {
    switch self {
    case .succeeded: []
    case .failed: tool.failures
    case .denied: Self.denials
    case .timedOut: Self.timeouts
    case .cancelled: Self.cancellations
    case .incomplete: Self.interruptions
    }
  }

  /// How long the call took, if the tool alone does not decide it.
  var durationMicroseconds: ClosedRange<Int>? {
    switch self {
    case .succeeded, .failed: nil
    case .denied: 900...25_000_000
    case .timedOut: 120_000_000...120_050_000
    case .cancelled, .incomplete: 10_000...60_000_000
    }
  }
}
