/// Where a line is in its stream.
///
/// All numbers count raw bytes: the terminator, a carriage return and a byte order mark included,
/// so the lengths of all lines add up to the length of the stream.
package struct LinePosition: Hashable, Sendable {
  /// The first line is 1.
  package let number: Int64

  /// The offset of the first byte.
  package let offset: Int64

  /// The length, terminator included.
  package let length: Int64

  /// Whether a newline ends it; only the last line of a stream can lack it.
  package let isTerminated: Bool

  package init(number: Int64, offset: Int64, length: Int64, isTerminated: Bool) {
    self.number = number
    self.offset = offset
    self.length = length
    self.isTerminated = isTerminated
  }

  /// The offset of the first byte after it.
  package var end: Int64 { offset + length }
}

/// Where a line begins in its stream; reading can go on there in a later process.
package struct LineStart: Hashable, Sendable {
  /// The start of a stream.
  package static let beginning = Self(number: 1, offset: 0)

  /// The number of the line, beginning with 1.
  package let number: Int64

  /// The offset of its first byte.
  package let offset: Int64

  package init(number: Int64, offset: Int64) {
    self.number = number
    self.offset = offset
  }
}
