/// Lines that are stored together, and the events they hold.
///
/// The bytes of all lines stand one after the other in one array, and the texts of the events are
/// places in it, so that an event costs no allocation. Emptying a batch keeps its memory.
package struct EventBatch: Sendable {
  /// A line that holds at least one record, as it was read.
  package struct Line: Sendable {
    /// Where the line came from.
    package let position: LinePosition
    /// Its bytes.
    package let bytes: TextSlice
  }

  /// The bytes of the lines, and texts made from them.
  package private(set) var bytes: [UInt8] = []

  /// The lines that hold records, in the order of reading.
  package private(set) var lines: [Line] = []

  /// The events, in the order of reading.
  package var rows: [EventRow] = []

  package init() {}

  /// The number of events.
  package var count: Int { rows.count }

  /// Whether there is nothing to store.
  package var isEmpty: Bool { rows.isEmpty && lines.isEmpty }

  /// Removes everything and keeps the memory, unless one huge line has made it large.
  package mutating func removeAll() {
    if bytes.capacity > Self.keptCapacity { bytes = [] }
    bytes.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    rows.removeAll(keepingCapacity: true)
  }

  private static let keptCapacity = 8 << 20
  private static let hugeLine = 1 << 20
  private static let textsOfHugeLine = 64 << 10

  /// Adds a copy of `line` and makes it the one that new records belong to.
  ///
  /// - Parameters:
  ///   - line: The bytes as they were read.
  ///   - position: Where they were read.
  /// - Returns: The index of the first byte of the copy in ``bytes``.
  @discardableResult
  package mutating func beginLine(_ line: Span<UInt8>, at position: LinePosition) -> Int {
    let start = bytes.count
    // Or the first short text behind a huge line would have it copied again.
    if line.count > Self.hugeLine {
      bytes.reserveCapacity(start + line.count + Self.textsOfHugeLine)
    }
    bytes.append(copying: line)
    lines.append(Line(position: position, bytes: TextSlice(start..<bytes.count)))
    return start
  }

  /// Takes back the last line and everything that was added since; its events must not be kept.
  package mutating func cancelLine() {
    guard let line = lines.popLast() else { return }
    bytes.removeLast(bytes.count - line.bytes.range.lowerBound)
    while let row = rows.last, Int(row.line) == lines.count { rows.removeLast() }
  }

  /// Adds an event of the current line.
  package mutating func append(_ row: EventRow) {
    rows.append(row)
    rows[rows.count - 1].line = Int32(truncatingIfNeeded: lines.count - 1)
  }

  /// Adds a copy of `text`, for an event to point at.
  package mutating func appendText(_ text: Span<UInt8>) -> TextSlice {
    let start = bytes.count
    bytes.append(copying: text)
    return TextSlice(start..<bytes.count)
  }

  /// Adds a copy of `text`, for an event to point at; none for `nil`.
  package mutating func appendText(_ text: String?) -> TextSlice {
    guard let text else { return .none }
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    return TextSlice(start..<bytes.count)
  }

  /// Adds text that `write` appends, for an event to point at.
  package mutating func appendText<E: Error>(
    _ write: (inout [UInt8]) throws(E) -> Void
  ) throws(E) -> TextSlice {
    let start = bytes.count
    try write(&bytes)
    return TextSlice(start..<bytes.count)
  }

  /// Takes back `slice`, the text that was added last; nothing must point at it.
  mutating func removeText(_ slice: TextSlice) {
    precondition(slice.range.upperBound == bytes.count, "only the last text can be taken back")
    bytes.removeLast(slice.range.count)
  }

  /// The place of JSON text without line breaks, which in JSON are white space, never content.
  mutating func onOneLine(_ text: TextSlice) -> TextSlice {
    guard bytes[text.range].contains(where: \.isLineBreak) else { return text }
    return appendText { (output: inout [UInt8]) in
      for index in text.range {
        output.append(output[index].isLineBreak ? UInt8(ascii: " ") : output[index])
      }
    }
  }

  /// The text at `slice`; empty for none.
  package func string(_ slice: TextSlice) -> String {
    String(decoding: bytes[slice.range], as: UTF8.self)
  }

  /// The text at `slice`, if there is one.
  package func optionalString(_ slice: TextSlice) -> String? {
    slice.isNone ? nil : string(slice)
  }
}
