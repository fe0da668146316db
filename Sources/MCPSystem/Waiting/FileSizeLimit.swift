internal import Glibc

/// What happens when this process writes a file beyond the size that it may have (`ulimit -f`).
package enum FileSizeLimit {
  /// Makes such a write fail with ``SystemError/isNoSpace`` instead of ending the process.
  ///
  /// Programs started later are not affected: a handler, unlike `SIG_IGN`, is not inherited.
  package static func becomesAnError() {
    _ = signal(SIGXFSZ) { _ in }
  }
}
