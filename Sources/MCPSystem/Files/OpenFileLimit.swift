internal import Glibc

/// How many files a process may have open at once (`RLIMIT_NOFILE`).
package enum OpenFileLimit {
  /// Raises the limit as far as this user may.
  ///
  /// The usual one, 1024, is kept low for old programs that use `select`.
  package static func raise() {
    var limit = rlimit()
    // The kernel fills the structure, and reads it, during the calls only.
    guard unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
  }
}
