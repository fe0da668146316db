internal import Glibc

/// Ends another thread's wait in a ``Poller``.
package final class Waker: Sendable {
  private let readEnd: FileDescriptor
  private let writeEnd: FileDescriptor

  /// Makes a waker.
  ///
  /// - Throws: A `SystemError` when there are no more descriptors.
  package init() throws(SystemError) {
    var pipe = try Pipe()
    let readEnd = pipe.takeReadEnd()
    let writeEnd = pipe.takeWriteEnd()
    try readEnd.setNonBlocking(true)
    try writeEnd.setNonBlocking(true)
    self.readEnd = readEnd
    self.writeEnd = writeEnd
  }

  /// What a poller watches.
  var descriptorNumber: CInt { readEnd.number }

  /// Ends the current wait, or the next one if nobody waits.
  ///
  /// Several calls before a wait count as one. Safe from any thread.
  package func wake() {
    let byte: [1 of UInt8] = [1]
    // A full pipe already wakes; nothing else can fail while both ends are open.
    _ = try? writeEnd.write(some: byte.span)
  }

  /// Forgets the wake-ups so far.
  func reset() {
    _ = [UInt8](capacity: 64) { output in
      while (try? readEnd.readWithoutWaiting(into: &output)) == true, output.isFull {
        output.removeAll()
      }
    }
  }
}
