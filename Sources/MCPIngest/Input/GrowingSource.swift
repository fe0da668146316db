internal import MCPEvents
internal import MCPSystem

/// A file that is read to its end again and again, while others write to it.
///
/// It remembers the last bytes it gave. Where they are no longer in their place the file was cut
/// short and written anew, though it may be as long as before.
struct GrowingSource: ~Copyable, ByteSource {
  /// How many bytes are remembered at most.
  private static let memory = 64

  private var source: InputSource
  /// Where the bytes end that were read, and the last of them.
  private var end: Int64
  private var ending: [UInt8]

  /// Wraps a file that stands at `offset` of its content.
  ///
  /// - Throws: A `SystemError` when it cannot be read.
  init(_ source: consuming InputSource, at offset: Int64) throws(SystemError) {
    let count = min(Self.memory, Int(clamping: offset))
    end = offset
    ending = source.isCompressed ? [] : try source.bytes(at: offset - Int64(count), count)
    self.source = source
  }

  /// Whether the bytes are decompressed; such a file is written once.
  var isCompressed: Bool { source.isCompressed }

  /// The first bytes of the file.
  func beginning(_ count: Int) throws(SystemError) -> [UInt8] { try source.bytes(at: 0, count) }

  /// Whether the bytes that were read last are still in their place.
  func hasKept() throws(SystemError) -> Bool {
    try ending == source.bytes(at: end - Int64(ending.count), ending.count)
  }

  mutating func read(into output: inout OutputSpan<UInt8>) throws {
    let before = output.count
    try source.read(into: &output)
    remember(output.span.extracting(before..<output.count))
  }

  private mutating func remember(_ bytes: Span<UInt8>) {
    guard !bytes.isEmpty, !source.isCompressed else { return }
    end += Int64(bytes.count)
    ending.append(copying: bytes.extracting(max(0, bytes.count - Self.memory)..<bytes.count))
    ending.removeFirst(max(0, ending.count - Self.memory))
  }
}
