internal import Glibc

extension ProcessEnvironment {
  /// How far the times of two clocks may be apart, in milliseconds.
  private static let tolerance: Int64 = 2000

  /// Whether the process is still there that had this id at some time, of whichever user.
  ///
  /// Ids are given out again: a process that started later is another one.
  ///
  /// - Parameters:
  ///   - processID: The id.
  ///   - milliseconds: When it was seen, since 1970.
  /// - Returns: Whether it is there; also when nobody can tell when it started.
  package static func isRunning(processID: Int32, seenAt milliseconds: Int64) -> Bool {
    guard processID > 0, kill(processID, 0) == 0 || errno == EPERM else { return false }
    guard let process = ProcessAncestor.find(processID)?.ancestor else { return true }
    return process.startedAt <= milliseconds + tolerance
  }
}
