/// Where a line stands in its input.
package struct LinePosition: Hashable, Sendable {
  /// The number of the line, from 1.
  package let number: Int64
  /// The number of bytes before the line.
  package let offset: Int64
  /// The number of its bytes, the terminator included.
  package let length: Int64

  package init(number: Int64, offset: Int64, length: Int64) {
    self.number = number
    self.offset = offset
    self.length = length
  }
}
