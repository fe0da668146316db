internal import Glibc

/// A descriptor that is written without waiting, and without changing it for those who share it.
///
/// `O_NONBLOCK` belongs to the open file, so setting it on an inherited descriptor would change what
/// writing means to other processes. So a socket is written with a flag of the call, and a pipe is
/// opened a second time; anything else is written in small parts when it says that it is ready.
package struct PatientOutput: ~Copyable {
  private enum Way {
    case socket
    case nonBlocking
    case whenReady
  }

  private let descriptor: FileDescriptor
  private let way: Way

  /// As much as a pipe takes at once if it says that it takes anything (pipe(7), PIPE_BUF).
  private static let smallPart = 4096

  /// Takes a descriptor that nobody else has.
  ///
  /// - Throws: A `SystemError` when it is not open.
  package init(ownedAlone descriptor: consuming FileDescriptor) throws(SystemError) {
    try descriptor.setNonBlocking(true)
    self.descriptor = descriptor
    way = .nonBlocking
  }

  /// Takes a descriptor of an open file that others may have too.
  ///
  /// - Throws: A `SystemError` when it is not open.
  package init(shared descriptor: consuming FileDescriptor) throws(SystemError) {
    switch try descriptor.status().kind {
    case .socket:
      self.descriptor = descriptor
      way = .socket
    case .pipe:
      if let second = Self.openAgain(descriptor.number) {
        self.descriptor = FileDescriptor(owning: second)
        way = .nonBlocking
      } else {
        self.descriptor = descriptor
        way = .whenReady
      }
    default:
      self.descriptor = descriptor
      way = .whenReady
    }
  }

  /// Opens a pipe again, which makes an open file of its own (proc(5), `/proc/self/fd`).
  private static func openAgain(_ number: CInt) -> CInt? {
    let mode = OpenMode(flags: O_WRONLY | O_NONBLOCK)
    return try? FileDescriptor.open("/proc/self/fd/\(number)", for: mode).release()
  }

  /// Adds the descriptor to what a poller waits for.
  package func watch(with poller: inout Poller, for interest: Readiness) -> Poller.Watch {
    poller.watch(descriptor, for: interest)
  }

  /// Writes as many of `bytes` as can be written at once.
  ///
  /// - Parameter bytes: What to write; not empty.
  /// - Returns: How many were written; 0 when none can be now.
  /// - Throws: A `SystemError`; ``SystemError/isBrokenPipe`` when nobody reads any more.
  package func write(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    switch way {
    case .nonBlocking: try descriptor.write(some: bytes)
    case .socket: try send(bytes)
    case .whenReady: try writeIfReady(bytes)
    }
  }

  private func send(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    let number = descriptor.number
    do throws(SystemError) {
      // The kernel reads the bytes during the call only.
      return try unsafe bytes.withUnsafeBufferPointer { buffer throws(SystemError) in
        try retrying("send") {
          unsafe Glibc.send(number, buffer.baseAddress, buffer.count, Self.sendFlags)
        }
      }
    } catch {
      guard error.isWouldBlock else { throw error }
      return 0
    }
  }

  private static let sendFlags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)

  private func writeIfReady(_ bytes: Span<UInt8>) throws(SystemError) -> Int {
    var entry = pollfd(fd: descriptor.number, events: Int16(POLLOUT), revents: 0)
    // The kernel fills the structure during the call.
    let count = try retrying("poll") { unsafe poll(&entry, 1, 0) }
    guard count > 0 else { return 0 }
    return try descriptor.write(some: bytes.extracting(first: Self.smallPart))
  }
}
