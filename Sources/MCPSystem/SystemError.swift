internal import Glibc

/// An operating system call that failed.
package struct SystemError: Error, Hashable, Sendable {
  /// The name of the call, for example `"open"`.
  package let call: String

  /// The file the call was about, if it was about one.
  package let path: String?

  /// The value of `errno` right after the call.
  package let number: CInt

  package init(_ call: String, path: String? = nil, number: CInt) {
    self.call = call
    self.path = path
    self.number = number
  }

  /// Describes the call that has just failed.
  init(lastErrorOf call: String, path: String? = nil) {
    self.init(call, path: path, number: errno)
  }
}

extension SystemError {
  /// Nobody reads the other end of the pipe or socket any more.
  package var isBrokenPipe: Bool { number == EPIPE || number == ECONNRESET }

  /// The disk, the quota or the largest allowed file is full.
  package var isNoSpace: Bool { number == ENOSPC || number == EDQUOT || number == EFBIG }

  /// The file, or a directory on the way to it, does not exist.
  package var isNotFound: Bool { number == ENOENT || number == ENOTDIR }

  /// There is already a file of that name.
  package var isAlreadyExists: Bool { number == EEXIST }

  /// This user may not do that.
  package var isPermissionDenied: Bool { number == EACCES || number == EPERM }

  /// The file system is mounted read-only.
  package var isReadOnlyFileSystem: Bool { number == EROFS }

  /// The file is a directory, and the call needs something else.
  package var isDirectory: Bool { number == EISDIR }

  /// The call would have to wait, and the descriptor says not to.
  package var isWouldBlock: Bool { number == EAGAIN || number == EWOULDBLOCK }

  /// The descriptor cannot do that, for example synchronise a pipe.
  package var isUnsupported: Bool { number == EINVAL || number == ENOTSUP || number == ENOSYS }

  /// This process or this machine has no more descriptors.
  package var isOutOfDescriptors: Bool { number == EMFILE || number == ENFILE }
}

extension SystemError: CustomStringConvertible {
  package var description: String {
    guard let path else { return "\(call): \(reason)" }
    return "\(call) \(path): \(reason)"
  }

  /// What the system says, without the call: "No such file or directory".
  package var reason: String {
    // The text belongs to the C library and stays valid until this thread asks again.
    unsafe String(cString: strerror(number))
  }
}

/// Makes a call again while signals interrupt it.
///
/// - Parameters:
///   - call: The name of the call, for the error.
///   - path: The file it is about.
///   - body: The call, which returns a negative number when it fails.
/// - Returns: What `body` returned.
/// - Throws: A `SystemError` when `body` fails for another reason than `EINTR`.
func retrying<Result: SignedInteger>(
  _ call: String,
  path: String? = nil,
  _ body: () -> Result
) throws(SystemError) -> Result {
  while true {
    let result = body()
    if result >= 0 { return result }
    guard errno == EINTR else { throw SystemError(lastErrorOf: call, path: path) }
  }
}
