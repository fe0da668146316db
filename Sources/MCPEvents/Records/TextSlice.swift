/// Where a text stands in the bytes of its batch; or that there is none.
package struct TextSlice: Hashable, Sendable {
  @usableFromInline let start: UInt32
  @usableFromInline let end: UInt32

  /// No text, which is stored as NULL.
  package static let none = Self(start: .max, end: .max)

  private init(start: UInt32, end: UInt32) {
    self.start = start
    self.end = end
  }

  package init(_ range: Range<Int>) {
    self.init(start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }

  @inlinable package var isNone: Bool { start == .max }

  /// The number of bytes; 0 when there is no text.
  @inlinable package var count: Int { Int(end - start) }

  /// The bytes' place; empty when there is no text.
  @inlinable package var range: Range<Int> { isNone ? 0..<0 : Int(start)..<Int(end) }
}
