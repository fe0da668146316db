internal import Glibc

/// Address space that costs memory only where it was written.
///
/// It never moves and never grows, so nothing is copied when a line turns out to be long.
@safe struct ReservedMemory: ~Copyable {
  // The address of a mapping that this value alone owns, from `init` to `deinit`.
  private let base: UnsafeMutablePointer<UInt8>

  /// The size in bytes.
  let count: Int

  init(count: Int) throws(SystemError) {
    let size = count.roundedUp(toMultipleOf: Self.pageSize)
    let protection = PROT_READ | PROT_WRITE
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    let address = unsafe mmap(nil, size, protection, flags, -1, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw SystemError(lastErrorOf: "mmap")
    }
    unsafe base = address.assumingMemoryBound(to: UInt8.self)
    self.count = size
  }

  deinit { unsafe munmap(base, count) }

  static let pageSize = Int(sysconf(CInt(_SC_PAGESIZE)))

  /// Lends the bytes of `range` to `body`.
  // All of the mapping is readable and starts as zeros, and `range` is checked to be inside it.
  func withBytes<Result, Failure: Error>(
    in range: Range<Int>,
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the memory")
    let bytes = unsafe UnsafeBufferPointer(start: base + range.lowerBound, count: range.count)
    return try body(unsafe bytes.span)
  }

  /// Finds the first `byte` in `range`.
  // `memchr` is 8 times as fast as a loop over a span; it stays inside `range`.
  func firstIndex(of byte: UInt8, in range: Range<Int>) -> Int? {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the memory")
    guard let match = unsafe memchr(base + range.lowerBound, CInt(byte), range.count) else {
      return nil
    }
    return unsafe UnsafeRawPointer(match) - UnsafeRawPointer(base)
  }

  /// The byte at `index`.
  subscript(index: Int) -> UInt8 {
    precondition(index >= 0 && index < count, "index outside the memory")
    return unsafe base[index]
  }

  /// Moves the bytes of `range` to the front.
  // `memmove` allows that source and target overlap.
  mutating func moveToFront(_ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the memory")
    unsafe memmove(base, base + range.lowerBound, range.count)
  }

  /// Lets `body` fill `range` from its start.
  ///
  /// - Returns: How many bytes it wrote.
  // The output span covers exactly `range` and ends before this function does.
  mutating func fill<Failure: Error>(
    _ range: Range<Int>,
    _ body: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "range outside the memory")
    let free = unsafe UnsafeMutableBufferPointer(
      start: base + range.lowerBound,
      count: range.count
    )
    var output = unsafe OutputSpan(buffer: free, initializedCount: 0)
    try body(&output)
    return unsafe output.finalize(for: free)
  }

  /// Gives the memory from `offset` on back to the system; it reads as zeros afterwards.
  // Only whole pages of the own mapping are released.
  mutating func release(from offset: Int) {
    let start = offset.roundedUp(toMultipleOf: Self.pageSize)
    guard start < count else { return }
    unsafe madvise(base + start, count - start, MADV_DONTNEED)
  }
}

extension Int {
  fileprivate func roundedUp(toMultipleOf unit: Int) -> Int {
    (self + unit - 1) / unit * unit
  }
}
