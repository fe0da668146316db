internal import CMCPSystem
internal import Glibc

/// A process that this one has started and waits for.
package struct ChildProcess: Hashable, Sendable {
  /// What became of it since it was last asked.
  package enum Change: Hashable, Sendable {
    /// A signal stopped it; it goes on after ``Signal/proceed``.
    case stopped(Signal)
    /// It goes on.
    case continued
    case ended(ProcessEnding)
  }

  /// Its process id.
  package let number: Int32

  /// Asks what became of it, without waiting.
  ///
  /// After it has ended it is gone, and must not be asked again.
  ///
  /// - Returns: Nil when nothing new happened.
  package func nextChange() -> Change? {
    var change = mcp_change()
    // The structure is only filled during the call.
    guard unsafe mcp_poll_child(number, &change) == 0 else { return nil }
    return switch change.code {
    case CInt(CLD_EXITED): .ended(.exited(change.status))
    case CInt(CLD_KILLED), CInt(CLD_DUMPED): .ended(.killed(Signal(number: change.status)))
    case CInt(CLD_STOPPED): .stopped(Signal(number: change.status))
    case CInt(CLD_CONTINUED): .continued
    default: nil
    }
  }

  /// Sends it a signal; one that has ended gets none.
  package func send(_ signal: Signal) {
    _ = kill(number, signal.number)
  }

  /// Waits for its end, as long as it takes.
  ///
  /// - Returns: How it ended; nil when it is no child of this process.
  package func wait() -> ProcessEnding? {
    var status: CInt = 0
    // The kernel fills in the number during the call.
    while unsafe waitpid(number, &status, 0) < 0 {
      guard errno == EINTR else { return nil }
    }
    // As <bits/waitstatus.h> has it: the signal in the lower 7 bits, else the status above 8.
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(Signal(number: signal))
  }
}
