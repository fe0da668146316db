internal import Glibc

/// Both ends of a new pipe; take an end out to own it alone.
///
/// An end that is not taken is closed with the pipe.
package struct Pipe: ~Copyable {
  private var readEnd: FileDescriptor?
  private var writeEnd: FileDescriptor?

  /// Makes a pipe whose ends are closed on `exec`.
  ///
  /// - Throws: A `SystemError` when there are no more descriptors.
  package init() throws(SystemError) {
    let (input, output) = try Self.open()
    let reader = FileDescriptor(owning: input)
    let writer = FileDescriptor(owning: output)
    try reader.setCloseOnExec()
    try writer.setCloseOnExec()
    readEnd = consume reader
    writeEnd = consume writer
  }

  /// Takes out the end where the bytes come out; to be called once.
  ///
  /// - Returns: The end, which is now the caller's.
  package mutating func takeReadEnd() -> FileDescriptor {
    guard let end = readEnd.take() else { preconditionFailure("the end is taken once") }
    return end
  }

  /// Takes out the end where the bytes go in; to be called once.
  ///
  /// - Returns: The end, which is now the caller's.
  package mutating func takeWriteEnd() -> FileDescriptor {
    guard let end = writeEnd.take() else { preconditionFailure("the end is taken once") }
    return end
  }

  /// Makes both ends, as plain numbers.
  private static func open() throws(SystemError) -> (CInt, CInt) {
    var ends: [CInt] = [0, 0]
    // The kernel fills exactly two numbers.
    let status = unsafe ends.withUnsafeMutableBufferPointer { unsafe pipe($0.baseAddress) }
    guard status == 0 else { throw SystemError(lastErrorOf: "pipe") }
    return (ends[0], ends[1])
  }
}
