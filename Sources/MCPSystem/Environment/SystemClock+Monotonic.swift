internal import Glibc

extension SystemClock {
  /// Microseconds on a clock that never goes back, the same for all processes of the machine.
  package static var monotonicMicroseconds: Int64 {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1_000
  }
}
