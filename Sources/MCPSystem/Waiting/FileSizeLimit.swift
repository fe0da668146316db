internal import CMCPSystem
internal import Glibc

/// What happens when this process writes a file beyond the size that it may have (`ulimit -f`).
package enum FileSizeLimit {
  /// Makes such a write fail with ``SystemError/isNoSpace`` instead of ending the process.
  ///
  /// Programs started later are not affected: a handler, unlike `SIG_IGN`, is not inherited. Where
  /// the signal is ignored already, the write fails anyway.
  package static func becomesAnError() {
    guard mcp_ignores(SIGXFSZ) == 0 else { return }
    _ = signal(SIGXFSZ) { _ in }
  }
}
