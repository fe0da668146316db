internal import Crypto
internal import MCPEvents

/// A line that is too long to be parsed: its beginning and its digest are kept.
struct OversizedLine {
  private static let keptBytes = 64 * 1024

  private(set) var beginning: [UInt8] = []
  private var hasher = SHA256()

  mutating func append(_ part: Span<UInt8>) {
    var rest = part
    let room = Self.keptBytes - beginning.count
    if room > 0 {
      beginning.append(copying: rest.extracting(0..<min(room, rest.count)))
    }
    while !rest.isEmpty {
      let chunk = Array(copying: rest.extracting(0..<min(Self.keptBytes, rest.count)))
      hasher.update(data: chunk)
      rest = rest.extracting(chunk.count..<rest.count)
    }
  }

  /// The SHA-256 of the whole line.
  consuming func digest() -> [UInt8] { Array(hasher.finalize()) }
}
