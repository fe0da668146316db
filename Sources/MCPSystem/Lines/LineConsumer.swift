/// Takes the lines of a stream, one call each.
///
/// A line comes without its newline and without one carriage return before that. When a method
/// throws, its line counts as not delivered and comes again with the next delivery.
package protocol LineConsumer: ~Copyable {
  /// Why a line cannot be taken.
  associatedtype Failure: Error

  /// Takes a line.
  ///
  /// - Parameters:
  ///   - line: Its bytes, only valid during the call.
  ///   - position: Where it is.
  /// - Throws: A `Failure`, which ends the delivery.
  mutating func take(_ line: Span<UInt8>, at position: LinePosition) throws(Failure)

  /// Takes the next part of a line that is longer than the buffer allows.
  ///
  /// How a line is cut into parts depends on how its bytes arrived; together they are its bytes.
  ///
  /// - Parameters:
  ///   - part: Its bytes, only valid during the call.
  ///   - start: Where the whole line begins.
  /// - Throws: A `Failure`, which ends the delivery.
  mutating func takePart(_ part: Span<UInt8>, ofLineAt start: LineStart) throws(Failure)

  /// Learns that the line that came in parts is complete.
  ///
  /// - Parameter position: Where it is.
  /// - Throws: A `Failure`, which ends the delivery.
  mutating func endParts(at position: LinePosition) throws(Failure)
}
