import Glibc

/// Collects lines and writes them to standard output in large pieces.
struct StandardOutput: ~Copyable {
  enum WriteError: Error {
    /// Nobody reads any more.
    case closed
    case failed(errno: Int32)
  }

  static let inputOutputExitCode: Int32 = 74
  private static let pieceSize = 64 << 10

  /// What is not written yet; append to it.
  var bytes: [UInt8] = []

  init() {
    // A reader that leaves is told by EPIPE, so that the process ends with 0, not by a signal.
    signal(SIGPIPE, SIG_IGN)
    bytes.reserveCapacity(2 * Self.pieceSize)
  }

  /// Writes what was collected once it is worth a system call.
  mutating func writeIfFull() throws(WriteError) {
    if bytes.count >= Self.pieceSize { try write() }
  }

  mutating func write() throws(WriteError) {
    try Self.write(bytes, to: STDOUT_FILENO)
    bytes.removeAll(keepingCapacity: true)
  }

  static func writeDiagnostic(_ message: String) {
    try? write(Array(message.utf8), to: STDERR_FILENO)
  }

  static func description(of errno: Int32) -> String {
    // The text that strerror returns is valid until this thread asks for another.
    unsafe String(cString: strerror(errno))
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(WriteError) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes[written...].withUnsafeBytes { rest in
        unsafe Glibc.write(descriptor, rest.baseAddress, rest.count)
      }
      if count >= 0 {
        written += count
      } else if errno == EPIPE {
        throw .closed
      } else if errno != EINTR {
        throw .failed(errno: errno)
      }
    }
  }
}
