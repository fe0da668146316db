internal import Glibc

/// Both ends of a new pipe; take an end out to own it alone.
package struct Pipe: ~Copyable {
  /// Where the bytes come out.
  package var readEnd: FileDescriptor?

  /// Where the bytes go in.
  package var writeEnd: FileDescriptor?

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

  /// Makes both ends, as plain numbers.
  private static func open() throws(SystemError) -> (CInt, CInt) {
    var ends: [CInt] = [0, 0]
    // The kernel fills exactly two numbers.
    let status = unsafe ends.withUnsafeMutableBufferPointer { unsafe pipe($0.baseAddress) }
    guard status == 0 else { throw SystemError(lastErrorOf: "pipe") }
    return (ends[0], ends[1])
  }
}
