/// A stream of bytes that is read in order, once.
package protocol ByteSource: ~Copyable {
  /// Why a read fails.
  associatedtype Failure: Error

  /// Appends what is available to `output`, and nothing at the end of the stream.
  ///
  /// Blocks until there is at least one byte, or the end. A source that fails has appended nothing.
  ///
  /// - Parameter output: The free space to fill.
  /// - Throws: A `Failure` when the stream cannot be read.
  mutating func read(into output: inout OutputSpan<UInt8>) throws(Failure)
}
