internal import CMCPZlib

/// Compresses blocks that, one after the other, make up one deflate stream.
@safe struct Deflater: ~Copyable {
  /// How far back deflate can refer.
  static let windowSize = 32 * 1024

  // zlib keeps a pointer back to its stream, so the stream lives on the heap and never moves.
  private let stream: UnsafeMutablePointer<z_stream>

  init(level: Int) throws(GzipError) {
    precondition((0...9).contains(level), "the level must be 0 to 9")
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    let status = unsafe deflateInit2_(
      stream,
      CInt(level),
      Z_DEFLATED,
      -MAX_WBITS,  // Negative: a raw stream; header and trailer are the writer's.
      Self.memoryLevel,
      Z_DEFAULT_STRATEGY,
      ZLIB_VERSION,
      CInt(MemoryLayout<z_stream>.size)
    )
    guard status == Z_OK else {
      unsafe stream.deallocate()
      throw .outOfMemory()
    }
    unsafe self.stream = stream
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  private static let memoryLevel: CInt = 8

  /// Compresses a block, independently of what was compressed before.
  ///
  /// - Parameters:
  ///   - input: The bytes of the block.
  ///   - dictionary: What comes before it in the stream; only the last 32 KiB matter.
  ///   - isLast: Whether it ends the stream. Any other block ends on a byte boundary.
  /// - Returns: The compressed block; the same for the same arguments.
  // zlib reads `input` and writes `output` only during the calls in here.
  mutating func compress(_ input: [UInt8], dictionary: [UInt8], isLast: Bool) -> [UInt8] {
    start(dictionary: dictionary)
    let stream = unsafe stream
    // What zlib promises for a last block; the marker that ends any other one comes on top.
    let capacity = Int(unsafe deflateBound(stream, CUnsignedLong(input.count))) + 64
    return unsafe input.withUnsafeBufferPointer { source in
      unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: source.baseAddress)
      unsafe stream.pointee.avail_in = CUnsignedInt(source.count)
      return [UInt8](capacity: capacity) { output in
        unsafe output.withUnsafeMutableBufferPointer { target, count in
          unsafe stream.pointee.next_out = target.baseAddress
          unsafe stream.pointee.avail_out = CUnsignedInt(target.count)
          let status = unsafe deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
          let left = unsafe stream.pointee.avail_out
          precondition(status == (isLast ? Z_STREAM_END : Z_OK) && left > 0, "zlib's bound holds")
          count = target.count - Int(left)
        }
      }
    }
  }

  // zlib copies the dictionary during the call.
  private func start(dictionary: [UInt8]) {
    unsafe deflateReset(stream)
    guard !dictionary.isEmpty else { return }
    unsafe dictionary.withUnsafeBufferPointer { bytes in
      let count = CUnsignedInt(bytes.count)
      let status = unsafe deflateSetDictionary(stream, bytes.baseAddress, count)
      precondition(status == Z_OK, "a fresh stream takes a dictionary")
    }
  }
}
