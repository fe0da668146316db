/// Compresses a stream of bytes into one standard gzip member, on several cores.
///
/// The input is cut into blocks of 128 KiB. Each is compressed by itself, with the 32 KiB before it
/// as dictionary, and the results are joined: every reader sees one ordinary gzip stream. The bytes
/// depend on the input, the level and the version of zlib, not on the number of threads, nor on how
/// the input is cut into calls.
///
/// Memory is bounded: three blocks a thread. `sink` is only called during a call of this type, on
/// the caller's thread. After a failure of the sink the writer can only be dropped. Dropping it
/// unfinished is allowed; the output is then not a gzip stream.
package struct GzipWriter: ~Copyable {
  /// The level of `gzip` itself: 6.
  package static let defaultLevel = 6

  /// More threads than this are not used: they would cost memory and wait for the caller.
  package static let maximumThreadCount = 16

  static let blockSize = 128 * 1024

  private let workers: [DeflateWorker]
  private let level: Int
  private var input: [UInt8] = []
  private var dictionary: [UInt8] = []
  private var started = 0
  private var inProgress: [DeflateBlock] = []
  private var trailer = GzipTrailer()
  private var isHeaderDue = true

  /// Makes a writer.
  ///
  /// - Parameters:
  ///   - level: 0 (stored) or 1 (fast) to 9 (small).
  ///   - threads: How many blocks are compressed at the same time, best one a core; 1 means on the
  ///     caller's thread.
  /// - Throws: A ``GzipError`` when there is no memory.
  package init(
    level: Int = defaultLevel,
    threads: Int
  ) throws(GzipError) {
    precondition(threads > 0, "there must be a thread")
    self.level = level
    var workers: [DeflateWorker] = []
    for _ in 0..<min(threads, Self.maximumThreadCount) {
      workers.append(try DeflateWorker(level: level))
    }
    self.workers = workers
  }

  deinit {
    for block in inProgress { _ = block.wait() }
  }

  /// Compresses `bytes`; what is ready so far goes to `sink`.
  ///
  /// - Parameters:
  ///   - bytes: The next bytes of the stream; any number.
  ///   - sink: Takes compressed bytes; called any number of times.
  /// - Throws: What the sink throws.
  package mutating func write<Failure: Error>(
    _ bytes: Span<UInt8>,
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    var position = 0
    while position < bytes.count {
      let count = min(bytes.count - position, Self.blockSize - input.count)
      input.append(copying: bytes.extracting(position..<(position + count)))
      position += count
      if input.count == Self.blockSize { try startBlock(isLast: false, to: sink) }
    }
  }

  /// Compresses what is left and ends the stream.
  ///
  /// - Parameter sink: Takes the last compressed bytes.
  /// - Throws: What the sink throws.
  package consuming func finish<Failure: Error>(
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try startBlock(isLast: true, to: sink)
    try deliver(downTo: 0, to: sink)
    try sink(trailer.bytes.span)
  }

  /// Gives the collected input to the next worker in turn, once there is room for it.
  private mutating func startBlock<Failure: Error>(
    isLast: Bool,
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    try deliver(downTo: workers.count == 1 ? 0 : 3 * workers.count - 1, to: sink)
    let block = DeflateBlock(input, dictionary: dictionary, isLast: isLast)
    dictionary = Array(input.suffix(Deflater.windowSize))
    input = []
    if !isLast { input.reserveCapacity(Self.blockSize) }
    inProgress.append(block)
    let worker = workers[started % workers.count]
    started += 1
    if workers.count == 1 { worker.run(block) } else { worker.start(block) }
  }

  /// Waits for the oldest blocks until so many are left, and hands them on in order.
  private mutating func deliver<Failure: Error>(
    downTo count: Int,
    to sink: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    if isHeaderDue {
      isHeaderDue = false
      try sink(GzipHeader.bytes(level: level).span)
    }
    while inProgress.count > count {
      let output = inProgress.removeFirst().wait()
      trailer.append(output)
      try sink(output.bytes.span)
    }
  }
}
