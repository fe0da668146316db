internal import Glibc

/// An open file that is closed exactly once.
package struct FileDescriptor: ~Copyable, Descriptor, Sendable {
  /// The number the kernel knows the file by.
  package let number: CInt

  /// Takes ownership of an open descriptor.
  package init(owning number: CInt) {
    self.number = number
  }

  deinit { _ = Glibc.close(number) }

  /// Closes the file and reports a failure, which `deinit` cannot do.
  ///
  /// - Throws: A `SystemError` when bytes written earlier could not be stored. The descriptor is
  ///   closed all the same.
  package consuming func close() throws(SystemError) {
    let result = Glibc.close(number)
    let code = errno
    discard self
    // After EINTR the descriptor is closed on Linux; closing again would hit somebody else's.
    guard result == 0 || code == EINTR else { throw SystemError("close", number: code) }
  }

  /// Gives the descriptor up without closing it.
  ///
  /// - Returns: The number, which the caller now has to close.
  package consuming func release() -> CInt {
    let number = number
    discard self
    return number
  }
}

extension FileDescriptor: ByteSource {
  package func read(into output: inout OutputSpan<UInt8>) throws(SystemError) {
    try readAvailable(into: &output)
  }
}
