internal import MCPEvents
internal import MCPSystem

/// A spill file that is being written.
struct SpillWriter: ~Copyable {
  private let file: FileDescriptor
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
    let records = batch.events.lines.map { ($0.position, Entry.record($0.bytes)) }
    let rejected = batch.rejected.map { ($0.position, Entry.rejected($0)) }
    let entries = (records + rejected).sorted { $0.0.number < $1.0.number }
    var frames: [UInt8] = []
    frames.reserveCapacity(batch.byteCount + (entries.count + 1) * Self.frameLength)
    for (index, (position, entry)) in entries.enumerated() {
      let isUnfinished = batch.endsUnfinished && index == entries.count - 1
      Self.append(entry, position, isUnfinished: isUnfinished, of: batch, to: &frames)
    }
    if batch.counts.lines > 0 {
      let counted = SpillFrame.counted(blank: batch.counts.blank, ignored: batch.counts.ignored)
      Self.append(counted, [UInt8]().span, to: &frames)
    }
    try keep(frames)
    return Int64(entries.count) + batch.counts.lines
  }

  /// About what stands around a line.
  private static let frameLength = 128

  /// Writes frames, all or nothing as far as the disk allows.
  private mutating func keep(_ frames: [UInt8]) throws(SystemError) {
    do throws(SystemError) {
      try file.write(all: frames.span)
      try file.synchronize()
      size += Int64(frames.count)
    } catch {
      try? file.truncate(to: size)
      throw error
    }
  }

  private enum Entry {
    case record(TextSlice)
    case rejected(RejectedLine)
  }

  private static func append(
    _ entry: Entry,
    _ position: MCPEvents.LinePosition,
    isUnfinished: Bool,
    of batch: RecordBatch,
    to frames: inout [UInt8]
  ) {
    let received = batch.receivedAt
    let line = SpillFrame.line(received: received, position, isUnfinished: isUnfinished)
    switch entry {
    case .record(let slice):
      append(line, batch.events.bytes.span.extracting(slice.range), to: &frames)
    case .rejected(let rejected):
      let frame = rejected.digest.map {
        SpillFrame.oversized(received: received, position, digest: Hexadecimal.text($0))
      }
      append(frame ?? line, rejected.bytes.span, to: &frames)
    }
  }

  private static func append(
    _ frame: SpillFrame,
    _ bytes: Span<UInt8>,
    to frames: inout [UInt8]
  ) {
    frames.append(contentsOf: frame.text.utf8)
    frames.append(UInt8(ascii: "\n"))
    frames.append(copying: bytes)
    // One carriage return belongs to the end of a line, so one of the line's own stays.
    frames.append(contentsOf: [UInt8(ascii: "\r"), UInt8(ascii: "\n")])
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

extension RecordBatch {
  /// How many bytes of lines it holds.
  fileprivate var byteCount: Int {
    rejected.reduce(events.bytes.count) { $0 + $1.bytes.count }
  }
}
