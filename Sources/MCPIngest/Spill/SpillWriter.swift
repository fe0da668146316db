internal import MCPEvents
internal import MCPSystem

/// A spill file that is being written.
struct SpillWriter: ~Copyable {
  private let file: FileDescriptor
  private var buffer: [UInt8] = []
  /// How many bytes are on disk for certain.
  private var size: Int64

  /// Creates a file that nobody else reads while it is open.
  ///
  /// - Parameters:
  ///   - path: Its name.
  ///   - header: Its first line.
  /// - Throws: A `SystemError` when it cannot be created.
  init(_ path: String, _ header: SpillHeader) throws(SystemError) {
    // Whoever finds the file finds it whole, and locked.
    let unfinished = path + ".new"
    let file = try FileDescriptor.open(unfinished, for: .creating)
    let line = Array((header.line + "\n").utf8)
    do throws(SystemError) {
      try file.lock(.exclusive)
      try file.write(all: line.span)
      try file.synchronize()
      try FileSystem.rename(unfinished, to: path)
      try FileSystem.synchronizeDirectory(FileSystem.parent(of: path))
    } catch {
      _ = try? FileSystem.removeIfPresent(unfinished)
      throw error
    }
    self.file = file
    size = Int64(line.count)
  }

  /// Adds the lines of a batch, and waits until they are on disk.
  ///
  /// - Returns: How many lines it added.
  /// - Throws: A `SystemError` when they are not kept.
  mutating func write(_ batch: RecordBatch) throws(SystemError) -> Int64 {
    buffer.removeAll(keepingCapacity: true)
    let records = batch.events.lines.map { line in
      (line.position, Entry.record(Array(batch.events.bytes[line.bytes.range])))
    }
    let rejected = batch.rejected.map { ($0.position, Entry.rejected($0)) }
    let entries = (records + rejected).sorted { $0.0.number < $1.0.number }
    for (index, (position, entry)) in entries.enumerated() {
      append(entry, position, batch, isLast: index == entries.count - 1)
    }
    if batch.counts.lines > 0 {
      append(.counted(blank: batch.counts.blank, ignored: batch.counts.ignored), [])
    }
    try keepBuffer()
    return Int64(entries.count) + batch.counts.lines
  }

  /// Writes the buffer, all or nothing as far as the disk allows.
  private mutating func keepBuffer() throws(SystemError) {
    do throws(SystemError) {
      try file.write(all: buffer.span)
      try file.synchronize()
      size += Int64(buffer.count)
    } catch {
      try? file.truncate(to: size)
      throw error
    }
  }

  private enum Entry {
    case record([UInt8])
    case rejected(RejectedLine)
  }

  private mutating func append(
    _ entry: Entry,
    _ position: MCPEvents.LinePosition,
    _ batch: RecordBatch,
    isLast: Bool
  ) {
    let isUnfinished = isLast && batch.endsUnfinished
    let frame = SpillFrame.line(
      received: batch.receivedAt,
      position,
      isUnfinished: isUnfinished
    )
    switch entry {
    case .record(let bytes): append(frame, bytes)
    case .rejected(let line):
      guard let digest = line.digest else { return append(frame, line.bytes) }
      let text = Hexadecimal.text(digest)
      append(.oversized(received: batch.receivedAt, position, digest: text), line.bytes)
    }
  }

  private mutating func append(_ frame: SpillFrame, _ bytes: [UInt8]) {
    buffer.append(contentsOf: frame.text.utf8)
    buffer.append(UInt8(ascii: "\n"))
    buffer.append(contentsOf: bytes)
    // One carriage return belongs to the end of a line, so one of the line's own stays.
    buffer.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
  }
}

/// Bytes as hexadecimal digits.
enum Hexadecimal {
  static func text(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }

  static func bytes(_ text: String) -> [UInt8]? {
    let digits = text.utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
    guard digits.count == text.utf8.count, digits.count % 2 == 0 else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
