/// Cuts a stream of bytes into lines, without copying a line.
///
/// The memory holds `[delivered | whole lines | start of a line | free]`. Read into the free part,
/// deliver all whole lines, and so on; at the end of the stream, finish.
///
/// A line longer than `maximumLineLength` (its terminator not counted) is not kept: its parts are
/// handed on as they arrive. So memory never exceeds that length and one read, and what a long
/// line needed is given back once it is delivered.
package struct LineBuffer: ~Copyable {
  /// 16 MiB, the longest line that is delivered in one piece unless another limit is given.
  package static let defaultMaximumLineLength = 16 * 1024 * 1024

  /// 64 KiB, as much as a pipe holds.
  package static let defaultReadSize = 64 * 1024

  private var memory: ReservedMemory
  private let maximumLineLength: Int
  private let readSize: Int

  // All four are indices into `memory`: start <= searched <= end <= touched.
  private var start = 0
  private var searched = 0
  private var end = 0
  private var touched = 0

  /// The line that begins at `start`, or began before it.
  private var line: LineStart
  /// Its raw bytes before `start`: a byte order mark, or the parts handed on.
  private var passed: Int64 = 0
  private var isInParts = false
  private var mayBeginWithMark: Bool

  /// Makes a buffer for a stream, or for the rest of one.
  ///
  /// - Parameters:
  ///   - first: The line that the bytes begin with.
  ///   - maximumLineLength: The longest line that is delivered in one piece, in bytes.
  ///   - readSize: How many bytes one read takes at most.
  /// - Throws: A `SystemError` when there is no address space of that size.
  package init(
    resumingAt first: LineStart = .beginning,
    maximumLineLength: Int = defaultMaximumLineLength,
    readSize: Int = defaultReadSize
  ) throws(SystemError) {
    precondition(maximumLineLength > 0, "the maximum line length must be positive")
    precondition(readSize > 0, "the read size must be positive")
    self.maximumLineLength = maximumLineLength
    self.readSize = readSize
    line = first
    mayBeginWithMark = first.offset == 0
    // A carriage return, a newline and a byte order mark may come on top of the longest line.
    memory = try ReservedMemory(count: maximumLineLength + 5 + readSize)
  }

  /// The first line that was not delivered yet: where to resume.
  package var next: LineStart { line }

  /// How many bytes wait for the end of their line.
  package var pendingByteCount: Int { end - start }
}

// MARK: Reading

extension LineBuffer {
  /// Reads once from `source`, straight into the free memory.
  ///
  /// - Parameter source: Where the bytes come from.
  /// - Returns: How many bytes came; 0 at the end of the stream.
  /// - Throws: What the source throws; nothing is lost then.
  package mutating func read<Source: ByteSource & ~Copyable>(
    from source: inout Source
  ) throws(Source.Failure) -> Int {
    makeRoom()
    precondition(end + readSize <= memory.count, "deliver the lines before reading on")
    let count = try memory.fill(end..<(end + readSize)) { output throws(Source.Failure) in
      try source.read(into: &output)
    }
    end += count
    touched = max(touched, end)
    return count
  }

  /// Moves the start of a line to the front when the read after it would need fresh memory.
  private mutating func makeRoom() {
    guard start > 0, start == end || end + readSize > 2 * readSize else { return }
    memory.moveToFront(start..<end)
    searched -= start
    end -= start
    start = 0
    if touched > 4 * readSize, end <= readSize {
      memory.release(from: 2 * readSize)
      touched = 2 * readSize
    }
  }
}

// MARK: Delivering

extension LineBuffer {
  /// Hands every whole line to `consumer`, in order.
  ///
  /// - Parameter consumer: Called once a line.
  /// - Throws: What the consumer throws. The lines before the failing one stay delivered.
  package mutating func deliver<Consumer: LineConsumer & ~Copyable>(
    to consumer: inout Consumer
  ) throws(Consumer.Failure) {
    guard passMark(atEnd: false) else { return }
    while let newline = memory.firstIndex(of: .newline, in: searched..<end) {
      try deliverLine(upTo: newline, resumingAt: newline + 1, to: &consumer)
    }
    searched = end
    guard isInParts || lengthWithoutReturn(before: end) > maximumLineLength else { return }
    try deliverPart(upTo: end, to: &consumer)
  }

  /// Hands the last line to `consumer`, if no newline ends it.
  ///
  /// To be called at the end of the stream.
  ///
  /// - Parameter consumer: Called once, or not at all.
  /// - Throws: What the consumer throws.
  package mutating func finish<Consumer: LineConsumer & ~Copyable>(
    to consumer: inout Consumer
  ) throws(Consumer.Failure) {
    _ = passMark(atEnd: true)
    try deliver(to: &consumer)
    guard passed > 0 || start < end else { return }
    try deliverLine(upTo: end, resumingAt: end, to: &consumer)
  }

  /// Hands on the line whose bytes end before `stop`; the next one begins at `following`.
  private mutating func deliverLine<Consumer: LineConsumer & ~Copyable>(
    upTo stop: Int,
    resumingAt following: Int,
    to consumer: inout Consumer
  ) throws(Consumer.Failure) {
    let length = lengthWithoutReturn(before: stop)
    let position = LinePosition(
      number: line.number,
      offset: line.offset,
      length: passed + Int64(following - start),
      isTerminated: following > stop
    )
    if isInParts || length > maximumLineLength {
      try deliverPart(upTo: stop, to: &consumer)
      try consumer.endParts(at: position)
    } else {
      try memory.withBytes(in: start..<(start + length)) { bytes throws(Consumer.Failure) in
        try consumer.take(bytes, at: position)
      }
    }
    start = following
    searched = following
    line = LineStart(number: line.number + 1, offset: position.end)
    passed = 0
    isInParts = false
  }

  /// Hands on what there is of a long line, except a carriage return that may belong to its end.
  private mutating func deliverPart<Consumer: LineConsumer & ~Copyable>(
    upTo stop: Int,
    to consumer: inout Consumer
  ) throws(Consumer.Failure) {
    isInParts = true
    let length = lengthWithoutReturn(before: stop)
    guard length > 0 else { return }
    try memory.withBytes(in: start..<(start + length)) { bytes throws(Consumer.Failure) in
      try consumer.takePart(bytes, ofLineAt: line)
    }
    start += length
    searched = max(searched, start)
    passed += Int64(length)
  }

  private func lengthWithoutReturn(before stop: Int) -> Int {
    stop > start && memory[stop - 1] == .carriageReturn ? stop - 1 - start : stop - start
  }

  /// Passes over a byte order mark at the start of the stream.
  ///
  /// - Parameter isAtEnd: Whether no more bytes will come.
  /// - Returns: False while it takes more bytes to know.
  private mutating func passMark(atEnd isAtEnd: Bool) -> Bool {
    guard mayBeginWithMark else { return true }
    let mark: [3 of UInt8] = [0xEF, 0xBB, 0xBF]
    for index in mark.indices {
      guard start + index < end else { return isAtEnd }
      guard memory[start + index] == mark[index] else {
        mayBeginWithMark = false
        return true
      }
    }
    mayBeginWithMark = false
    start += mark.count
    searched = start
    passed = Int64(mark.count)
    return true
  }
}

extension UInt8 {
  fileprivate static let newline = UInt8(ascii: "\n")
  fileprivate static let carriageReturn = UInt8(ascii: "\r")
}
