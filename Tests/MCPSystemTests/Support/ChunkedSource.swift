import MCPSystem

/// A source that yields the given bytes in chunks of one size, and fails once if it is told to.
struct ChunkedSource: ByteSource {
  struct Failure: Error, Hashable {}

  private var bytes: ArraySlice<UInt8>
  private let chunkSize: Int
  private var readsBeforeFailure: Int?

  init(_ bytes: [UInt8], chunkSize: Int, failingAtRead failing: Int? = nil) {
    self.bytes = bytes[...]
    self.chunkSize = chunkSize
    readsBeforeFailure = failing
  }

  mutating func read(into output: inout OutputSpan<UInt8>) throws(Failure) {
    if readsBeforeFailure == 0 {
      readsBeforeFailure = nil
      throw Failure()
    }
    readsBeforeFailure = readsBeforeFailure.map { $0 - 1 }
    let chunk = bytes.prefix(min(chunkSize, output.freeCapacity))
    for byte in chunk { output.append(byte) }
    bytes = bytes.dropFirst(chunk.count)
  }
}
