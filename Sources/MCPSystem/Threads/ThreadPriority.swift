internal import Glibc

/// What share of the processors a thread gets while there are too few of them.
package enum ThreadPriority {
  /// By how much `yield()` lowers it (setpriority(2)): a tenth of the usual share.
  private static let niceness: CInt = 10

  /// Lets other threads go first from now on, of this process and of all others.
  ///
  /// On Linux the priority is the calling thread's own, and cannot be raised again. A system that
  /// does not allow it changes nothing.
  package static func yield() {
    let process = CInt(PRIO_PROCESS.rawValue)
    _ = setpriority(process, 0, max(getpriority(process, 0), niceness))
  }
}
