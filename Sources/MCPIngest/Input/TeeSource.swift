internal import MCPSystem

/// A stream whose bytes are copied to another descriptor before anything else is done with them.
struct TeeSource: ~Copyable, ByteSource {
  private var source: InputSource
  private let copy: BorrowedDescriptor?
  /// Whether the copy can still be written; a closed one ends the copying, never the recording.
  private(set) var isCopying: Bool

  /// Wraps a stream.
  ///
  /// - Parameters:
  ///   - source: What is read.
  ///   - copy: Where the bytes go as well.
  init(_ source: consuming InputSource, copyingTo copy: BorrowedDescriptor?) {
    self.source = source
    self.copy = copy
    isCopying = copy != nil
  }

  /// How many bytes were read, as they are stored.
  var bytesRead: Int64 { source.bytesRead }

  func watch(with poller: inout Poller) -> Poller.Watch {
    source.watch(with: &poller)
  }

  mutating func read(into output: inout OutputSpan<UInt8>) throws {
    let before = output.count
    try source.read(into: &output)
    guard isCopying, let copy else { return }
    do throws(SystemError) {
      try copy.write(all: output.span.extracting(before..<output.count))
    } catch {
      isCopying = false
    }
  }
}
