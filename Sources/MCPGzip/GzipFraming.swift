/// What comes before the compressed bytes.
enum GzipHeader {
  /// The header that says the least, so that equal content has equal bytes: no name, no time, an
  /// unknown system.
  static func bytes(level: Int) -> [UInt8] {
    let effort: UInt8 =
      switch level {
      case 9: 2
      case 1: 4
      default: 0
      }
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, effort, 255]
  }
}

/// What comes after the compressed bytes: the checksum and the length of the content.
struct GzipTrailer {
  private var checksum = Checksum([])
  private var count: UInt32 = 0

  /// Counts a block in.
  mutating func append(_ block: DeflateBlock.Output) {
    checksum.append(block.checksum, count: block.inputCount)
    count &+= UInt32(truncatingIfNeeded: block.inputCount)
  }

  var bytes: [UInt8] {
    [checksum.value, count].flatMap { number in
      (0..<4).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
  }
}
