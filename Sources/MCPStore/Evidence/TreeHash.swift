internal import Crypto
internal import MCPEvents

/// A SHA-256 digest, 32 bytes, held without an allocation.
///
/// This file is the module's only one with pointers to bytes that are hashed.
package struct TreeHash: Hashable, Sendable {
  /// The number of bytes.
  package static let byteCount = 32

  private var words: InlineArray<4, UInt64>

  private init(_ digest: SHA256.Digest) {
    words = InlineArray(repeating: 0)
    // Both are 32 bytes; the copy ends before the digest does.
    unsafe digest.withUnsafeBytes { bytes in
      for index in 0..<4 {
        words[index] = unsafe bytes.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
      }
    }
  }

  /// Takes the 32 bytes of a digest; `nil` of another number of bytes.
  package init?(_ bytes: Span<UInt8>) {
    guard bytes.count == Self.byteCount else { return nil }
    words = InlineArray(repeating: 0)
    unsafe bytes.withUnsafeBytes { source in
      for index in 0..<4 {
        words[index] = unsafe source.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self)
      }
    }
  }

  /// The SHA-256 of `bytes` (FIPS 180-4).
  package init(sha256 bytes: Span<UInt8>) {
    var hasher = SHA256()
    unsafe bytes.withUnsafeBytes { unsafe hasher.update(bufferPointer: $0) }
    self.init(hasher.finalize())
  }

  /// The SHA-256 of a byte and two digests after it.
  package init(sha256 prefix: UInt8, _ left: Self, _ right: Self) {
    var input = InlineArray<65, UInt8>(repeating: prefix)
    var bytes = input.mutableSpan
    unsafe bytes.withUnsafeMutableBytes { bytes in
      for index in 0..<4 {
        let (leftWord, rightWord) = (left.words[index], right.words[index])
        unsafe bytes.storeBytes(of: leftWord, toByteOffset: 1 + index * 8, as: UInt64.self)
        unsafe bytes.storeBytes(of: rightWord, toByteOffset: 33 + index * 8, as: UInt64.self)
      }
    }
    self.init(sha256: input.span)
  }

  /// Appends the 32 bytes.
  package func append(to output: inout [UInt8]) {
    for index in 0..<4 {
      unsafe withUnsafeBytes(of: words[index]) { unsafe output.append(contentsOf: $0) }
    }
  }

  /// The 32 bytes.
  package var bytes: [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(Self.byteCount)
    append(to: &output)
    return output
  }

  package static func == (lhs: Self, rhs: Self) -> Bool {
    (0..<4).allSatisfy { lhs.words[$0] == rhs.words[$0] }
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(words[0])
  }
}

extension [TreeHash] {
  /// Takes digests that stand one after the other, without what is left of an incomplete last one.
  init(_ bytes: Span<UInt8>) {
    self.init()
    reserveCapacity(bytes.count / TreeHash.byteCount)
    for start in stride(from: 0, through: bytes.count - TreeHash.byteCount, by: TreeHash.byteCount)
    {
      let digest = bytes.extracting(start..<start + TreeHash.byteCount)
      if let hash = TreeHash(digest) { append(hash) }
    }
  }

  /// The bytes of all, one after the other.
  var bytes: [UInt8] {
    // A digest is nothing but its four words, in the order of its bytes.
    unsafe withUnsafeBytes { unsafe Array<UInt8>($0) }
  }
}

extension TreeHash: CustomStringConvertible {
  /// 64 hexadecimal digits in lower case.
  package var description: String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
