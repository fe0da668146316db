internal import MCPEvents

/// Cuts what went one way into lines, and writes each as the record of a tap.
struct TapLines {
  private let direction: TapDirection
  private let maximumLength: Int
  /// The line whose end has not come.
  private var start: [UInt8] = []
  /// Whether the rest of the line is passed over, because its start is not known.
  private var isSkipping = false
  private var skippedBytes: Int64 = 0

  /// How many lines are not recorded, and how many bytes they had, as far as that is known.
  private(set) var droppedLines: Int64 = 0
  private(set) var droppedBytes: Int64 = 0

  /// Creates a cutter.
  ///
  /// - Parameters:
  ///   - direction: The way.
  ///   - maximumLength: The longest line that is recorded.
  init(_ direction: TapDirection, maximumLength: Int) {
    self.direction = direction
    self.maximumLength = maximumLength
  }

  /// Adds bytes, and appends the records of the lines that they end.
  mutating func add(_ bytes: Span<UInt8>, at microseconds: Int64, into output: inout [UInt8]) {
    var rest = bytes
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      endLine(rest.extracting(0..<end), at: microseconds, into: &output)
      rest = rest.extracting((end + 1)...)
    }
    keep(rest)
  }

  /// Notes that bytes are missing.
  mutating func add(_ gap: TapTraffic.Gap) {
    droppedLines += gap.lineEnds + (gap.isOpen ? 1 : 0)
    droppedBytes += gap.bytes + Int64(start.count)
    start = []
    isSkipping = gap.isOpen
  }

  private mutating func endLine(
    _ bytes: Span<UInt8>,
    at microseconds: Int64,
    into output: inout [UInt8]
  ) {
    keep(bytes, isLast: true)
    defer {
      start.removeAll(keepingCapacity: start.capacity <= Self.keptCapacity)
      isSkipping = false
    }
    if isSkipping { return }
    if start.isEmpty {
      write(bytes, at: microseconds, into: &output)
    } else {
      write(start.span, at: microseconds, into: &output)
    }
  }

  private static let keptCapacity = 1 << 20

  /// Keeps the part of a line, unless it gets too long.
  ///
  /// A whole line in one piece is not kept, as it need not be put together.
  private mutating func keep(_ part: Span<UInt8>, isLast: Bool = false) {
    if isSkipping {
      droppedBytes += Int64(part.count)
      return
    }
    guard start.count + part.count <= maximumLength else {
      droppedLines += 1
      droppedBytes += Int64(start.count + part.count)
      start = []
      isSkipping = true
      return
    }
    if !isLast || !start.isEmpty { start.append(copying: part) }
  }

  /// Appends `{"ts_ms":…,"ts_us":…,"dir":…,"raw":…}`, the record that is known as a tap's.
  private func write(
    _ line: Span<UInt8>,
    at microseconds: Int64,
    into output: inout [UInt8]
  ) {
    let isReturn = !line.isEmpty && line[line.count - 1] == UInt8(ascii: "\r")
    let text = isReturn ? line.extracting(0..<(line.count - 1)) : line
    guard !text.isEmpty else { return }
    output.append("{\"ts_ms\":")
    output.append(decimal: microseconds / 1000)
    output.append(",\"ts_us\":")
    output.append(decimal: microseconds)
    output.append(",\"dir\":\"")
    output.append(contentsOf: direction.rawValue.utf8)
    output.append("\",\"raw\":")
    JSONText.write(text, into: &output)
    output.append("}\n")
  }
}

extension Span<UInt8> {
  fileprivate func firstIndex(of byte: UInt8) -> Int? {
    for index in indices where self[index] == byte { return index }
    return nil
  }
}
