internal import Glibc

/// The end of the process.
package enum ProcessExit {
  /// Ends the process with a status.
  package static func now(_ status: Int32) -> Never {
    exit(status)
  }
}
