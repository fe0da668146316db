internal import CMCPZlib

/// Decompresses gzip data, however it is cut.
///
/// Several gzip members after one another count as one stream, and zero bytes after them as
/// padding, as `gzip -d` has it.
@safe package struct Inflater: ~Copyable {
  private enum State {
    /// At the start of the stream.
    case beginning
    /// Inside a member.
    case member
    /// After a member: another one, padding or the end may follow.
    case betweenMembers
    /// After a zero byte between members: only more of them may follow.
    case padding
  }

  // zlib keeps a pointer back to its stream, so the stream lives on the heap and never moves.
  private let stream: UnsafeMutablePointer<z_stream>
  private var state = State.beginning
  private var offset: Int64 = 0
  private var memberStart: Int64 = 0

  /// Makes an inflater at the start of a stream.
  ///
  /// - Throws: A ``GzipError`` when there is no memory.
  package init() throws(GzipError) {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 16 more than the window: a gzip header and trailer, both checked by zlib.
    let window = MAX_WBITS + 16
    let size = unsafe CInt(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(stream, window, ZLIB_VERSION, size) == Z_OK else {
      unsafe stream.deallocate()
      throw .outOfMemory()
    }
    unsafe self.stream = stream
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// Whether `prefix` begins like a gzip stream.
  ///
  /// - Parameter prefix: The first bytes; two are enough.
  /// - Returns: False also for fewer than two bytes.
  package static func isGzip(_ prefix: Span<UInt8>) -> Bool {
    prefix.count >= 2 && prefix[0] == 0x1F && prefix[1] == 0x8B
  }

  /// Decompresses until the input is used up or the output is full.
  ///
  /// While it leaves the output full, call it again, with no input if all was used up: there may be
  /// more to come out.
  ///
  /// - Parameters:
  ///   - input: The next compressed bytes; any number.
  ///   - output: The free space to fill.
  /// - Returns: How many bytes of the input were used.
  /// - Throws: A ``GzipError``. What came out before it is right, but not checked.
  package mutating func inflate(
    _ input: Span<UInt8>,
    into output: inout OutputSpan<UInt8>
  ) throws(GzipError) -> Int {
    var used = 0
    while !output.isFull {
      used += try enterMember(input.extracting(used...))
      guard state == .member else { break }
      let produced = output.count
      let count = try step(input.extracting(used...), into: &output)
      used += count
      guard count > 0 || output.count > produced || state == .betweenMembers else { break }
    }
    return used
  }

  /// Checks that the stream is complete; to be called after the last input.
  ///
  /// - Throws: A ``GzipError`` when it is not.
  package func checkEnd() throws(GzipError) {
    switch state {
    case .beginning, .member: throw .truncated(at: offset)
    case .betweenMembers, .padding: break
    }
  }

  /// Looks at what comes next between members.
  ///
  /// - Returns: How many bytes of padding were passed over.
  private mutating func enterMember(_ input: Span<UInt8>) throws(GzipError) -> Int {
    var passed = 0
    while state != .member, passed < input.count {
      switch (state, input[passed]) {
      case (.beginning, 0x1F), (.betweenMembers, 0x1F):
        state = .member
        memberStart = offset + Int64(passed)
      case (.betweenMembers, 0), (.padding, 0):
        state = .padding
        passed += 1
      case (.beginning, _): throw .notGzip()
      default: throw .trailingData(at: offset + Int64(passed))
      }
    }
    offset += Int64(passed)
    return passed
  }

  /// Lets zlib work on a member once.
  // zlib reads `input` and writes the free part of `output` during the call only. It gets at most
  // 1 GiB of each at once, because it counts in 32 bits.
  private mutating func step(
    _ input: Span<UInt8>,
    into output: inout OutputSpan<UInt8>
  ) throws(GzipError) -> Int {
    let stream = unsafe stream
    let limit = 1 << 30
    let given = min(input.count, limit)
    let status = unsafe input.withUnsafeBufferPointer { source in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      unsafe stream.pointee.avail_in = CUnsignedInt(given)
      return unsafe output.withUnsafeMutableBufferPointer { target, count in
        let free = min(target.count - count, limit)
        unsafe stream.pointee.next_out = target.baseAddress.map { unsafe $0 + count }
        unsafe stream.pointee.avail_out = CUnsignedInt(free)
        let status = unsafe CMCPZlib.inflate(stream, Z_NO_FLUSH)
        count += free - Int(unsafe stream.pointee.avail_out)
        return status
      }
    }
    let used = given - Int(unsafe stream.pointee.avail_in)
    offset += Int64(used)
    try check(status)
    return used
  }

  /// Turns zlib's status into the next state, or an error.
  private mutating func check(_ status: CInt) throws(GzipError) {
    switch status {
    case Z_OK, Z_BUF_ERROR: break
    case Z_STREAM_END:
      unsafe inflateReset(stream)
      state = .betweenMembers
    case Z_MEM_ERROR: throw .outOfMemory()
    case _ where offset - memberStart <= 2:
      // Only the first byte was right.
      throw memberStart == 0 ? .notGzip() : .trailingData(at: memberStart)
    default:
      // The text is a constant of zlib's.
      let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
      throw .damaged(message ?? "zlib status \(status)", at: offset)
    }
  }
}
