internal import CMCPZlib

extension Array<UInt8> {
  /// Appends a copy of `bytes`, all at once.
  // The pointer is read during the call only.
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }
}

/// The checksum of a gzip stream.
struct Checksum: Hashable, Sendable {
  private(set) var value: UInt32 = 0

  /// The checksum of `bytes`.
  // zlib reads the bytes during the call only; it allows an empty buffer.
  init(_ bytes: [UInt8]) {
    value = unsafe bytes.withUnsafeBufferPointer { buffer in
      UInt32(truncatingIfNeeded: unsafe crc32_z(0, buffer.baseAddress, buffer.count))
    }
  }

  /// Makes this the checksum of what it was for, followed by `count` bytes with the other one.
  mutating func append(_ other: Self, count: Int) {
    let combined = crc32_combine(CUnsignedLong(value), CUnsignedLong(other.value), count)
    value = UInt32(truncatingIfNeeded: combined)
  }
}
