internal import Glibc

extension ProcessEnvironment {
  /// Whether there is a process with this id, of whichever user.
  package static func isRunning(processID: Int32) -> Bool {
    processID > 0 && (kill(processID, 0) == 0 || errno == EPERM)
  }
}
