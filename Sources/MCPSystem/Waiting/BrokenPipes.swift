internal import Glibc

/// What happens when this process writes where nobody reads.
package enum BrokenPipes {
  /// Makes such a write fail with ``SystemError/isBrokenPipe`` instead of ending the process.
  ///
  /// Programs started later are not affected: a handler, unlike `SIG_IGN`, is not inherited.
  package static func becomeErrors() {
    _ = signal(SIGPIPE) { _ in }
  }
}
