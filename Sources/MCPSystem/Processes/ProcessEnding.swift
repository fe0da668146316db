internal import CMCPSystem
internal import Glibc

/// How a process ended.
package enum ProcessEnding: Hashable, Sendable {
  /// It ended by itself, with a status from 0 to 255.
  case exited(Int32)
  /// A signal ended it.
  case killed(Signal)

  /// The status as shells count it: 128 + number for a signal.
  package var exitStatus: Int32 {
    switch self {
    case .exited(let status): status
    case .killed(let signal): 128 + signal.number
    }
  }

  /// Ends this process in the same way.
  ///
  /// After a signal the one who waits sees that same signal; a shell, for example, goes on with its
  /// script after an exit status, and stops it after Ctrl-C. No second core file is written. Where
  /// the signal ends nothing, as for the first process of a container, the status is what shells
  /// count.
  package func endThisProcess() -> Never {
    if case .killed(let signal) = self {
      mcp_forbid_core()
      mcp_restore_default(signal.number)
      _ = kill(getpid(), signal.number)
    }
    ProcessExit.now(exitStatus)
  }
}
