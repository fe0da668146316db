internal import Glibc

/// Waiting without an event to wait for.
package enum Sleep {
  /// Stops the calling thread for about this many microseconds.
  package static func microseconds(_ count: UInt32) {
    usleep(count)
  }
}
