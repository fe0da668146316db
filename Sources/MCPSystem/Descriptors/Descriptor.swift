internal import Glibc

/// What can be done with an open file, whoever closes it.
package protocol Descriptor: ~Copyable {
  /// The number the kernel knows the file by.
  var number: CInt { get }
}

// MARK: Reading

extension Descriptor where Self: ~Copyable {
  /// Appends what is available; blocks for the first byte, on a non-blocking descriptor too.
  ///
  /// Another process that shares the file may have made it non-blocking, so `EAGAIN` is waited out.
  func readAvailable(into output: inout OutputSpan<UInt8>) throws(SystemError) {
    while try !readWithoutWaiting(into: &output) { try waitUntilReady(for: .input) }
  }

  /// Appends what is available now, and tells whether that was possible without waiting.
  ///
  /// - Parameter output: The free space to fill.
  /// - Returns: False when a non-blocking descriptor has nothing now. True with nothing appended is
  ///   the end of the stream.
  /// - Throws: A `SystemError` when the descriptor cannot be read.
  package func readWithoutWaiting(
    into output: inout OutputSpan<UInt8>
  ) throws(SystemError) -> Bool {
    do throws(SystemError) {
      try readOnce(into: &output)
      return true
    } catch {
      guard error.isWouldBlock else { throw error }
      return false
    }
  }

  // The kernel fills only the free part of the span, and `count` grows by what it filled.
  private func readOnce(into output: inout OutputSpan<UInt8>) throws(SystemError) {
    let number = number
    try unsafe output.withUnsafeMutableBufferPointer { buffer, count throws(SystemError) in
      let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[count...])
      count += try retrying("read") { unsafe Glibc.read(number, free.baseAddress, free.count) }
    }
  }

  /// Appends the bytes at `offset` without moving the position; fewer at the end of the file.
  ///
  /// - Parameters:
  ///   - offset: Where to begin, in bytes from the start of the file.
  ///   - output: The free space to fill.
  /// - Throws: A `SystemError`, also when the file cannot be positioned (a pipe).
  package func read(
    at offset: Int64,
    into output: inout OutputSpan<UInt8>
  ) throws(SystemError) {
    var offset = offset
    while !output.isFull {
      let count = try readOnce(at: offset, into: &output)
      guard count > 0 else { return }
      offset += Int64(count)
    }
  }

  // As above: only the free part is filled.
  private func readOnce(
    at offset: Int64,
    into output: inout OutputSpan<UInt8>
  ) throws(SystemError) -> Int {
    let number = number
    return try unsafe output.withUnsafeMutableBufferPointer {
      buffer,
      count throws(SystemError) in
      let free = unsafe UnsafeMutableBufferPointer(rebasing: buffer[count...])
      let added = try retrying("pread") {
        unsafe pread(number, free.baseAddress, free.count, off_t(offset))
      }
      count += added
      return added
    }
  }
}

// MARK: Writing

extension Descriptor where Self: ~Copyable {
  /// Writes all of `bytes`, however often that needs a call.
  ///
  /// Waits while a pipe is full, on a non-blocking descriptor too.
  ///
  /// - Parameter bytes: What to write.
  /// - Throws: A `SystemError`; ``SystemError/isBrokenPipe`` when nobody reads any more (see
  ///   ``BrokenPipes/becomeErrors()``). Part of the bytes may have been written.
  package func write(all bytes: Span<UInt8>) throws(SystemError) {
    var written = 0
    while written < bytes.count {
      let count = try write(some: bytes.extracting(written...))
      if count == 0 { try waitUntilReady(for: .output) }
      written += count
    }
  }

  /// Writes as many of `bytes` as one call takes.
  ///
  /// - Parameter bytes: What to write; not empty.
  /// - Returns: How many were written; 0 when a non-blocking descriptor takes none now.
  /// - Throws: A `SystemError`, as ``write(all:)`` does.
  package func write(some bytes: Span<UInt8>) throws(SystemError) -> Int {
    let number = number
    do throws(SystemError) {
      // The kernel reads the bytes during the call only.
      return try unsafe bytes.withUnsafeBufferPointer { buffer throws(SystemError) in
        try retrying("write") { unsafe Glibc.write(number, buffer.baseAddress, buffer.count) }
      }
    } catch {
      guard error.isWouldBlock else { throw error }
      return 0
    }
  }

  /// Blocks until the descriptor can be read or written, or its other end is gone.
  private func waitUntilReady(for interest: Readiness) throws(SystemError) {
    var poller = Poller()
    _ = poller.watch(BorrowedDescriptor(number: number), for: interest)
    _ = try poller.wait()
  }
}
