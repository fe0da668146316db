/// One tool call that is about to be printed.
struct Call {
  let tool: Tool
  let ending: Ending
  let durationMicroseconds: Int
  /// When it ended, in Unix milliseconds; this is the event's time.
  let time: Int
  let statusChange: StatusChange?

  var leavesCommit: Bool {
    switch ending {
    case .succeeded: tool.commits
    case .failed, .denied, .timedOut, .cancelled, .incomplete: false
    }
  }
}

/// What a call says about its instance.
enum StatusChange {
  case started
  case waitingReview
  case pullRequestCreated

  var columns: StaticString {
    switch self {
    case .started: #""status_change":"started","is_status_updating":true,"#
    case .waitingReview: #""status_change":"waiting_review","is_status_updating":true,"#
    case .pullRequestCreated: #""status_change":"pr_created","is_status_updating":true,"#
    }
  }
}
