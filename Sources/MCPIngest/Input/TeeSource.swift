internal import MCPEvents
internal import MCPSystem

/// A stream whose bytes are copied to another descriptor before anything else is done with them.
///
/// Copying never waits: what the copy's reader does not take yet is kept, at most one read, and the
/// stream is not read meanwhile.
struct TeeSource: ~Copyable, ByteSource {
  private var source: InputSource
  /// `nil` once it cannot be written any more: that ends the copying, never the recording.
  private var copy: PatientOutput?
  private var waiting: [UInt8] = []
  private let inputWatch: Poller.Watch
  private let copyWatch: Poller.Watch?

  /// Wraps a stream.
  ///
  /// - Parameters:
  ///   - source: What is read.
  ///   - copy: Where the bytes go as well.
  ///   - poller: Waits for both from now on.
  init(
    _ source: consuming InputSource,
    copyingTo copy: BorrowedDescriptor?,
    poller: inout Poller
  ) {
    let output = Self.output(copy)
    inputWatch = source.watch(with: &poller)
    copyWatch = output?.watch(with: &poller, for: .output)
    self.source = source
    self.copy = output
    settle(&poller)
  }

  private static func output(_ descriptor: BorrowedDescriptor?) -> PatientOutput? {
    guard let descriptor else { return nil }
    return try? PatientOutput(shared: descriptor.duplicate())
  }

  /// How many bytes were read, as they are stored.
  var bytesRead: Int64 { source.bytesRead }

  /// Whether the copy's reader has to take something before there is more to read.
  var isHeldBack: Bool { !waiting.isEmpty }

  /// Copies on after a wait.
  mutating func copyOn(_ poller: inout Poller) {
    let bytes = waiting
    waiting.removeFirst(offer(bytes.span))
    settle(&poller)
  }

  /// Waits for what comes next: room in the copy, or more to read.
  mutating func settle(_ poller: inout Poller) {
    poller.change(inputWatch, to: isHeldBack ? nil : .input)
    if let copyWatch { poller.change(copyWatch, to: isHeldBack ? .output : nil) }
  }

  mutating func read(into output: inout OutputSpan<UInt8>) throws {
    let before = output.count
    try source.read(into: &output)
    let bytes = output.span.extracting(before..<output.count)
    waiting.append(copying: bytes.extracting(offer(bytes)..<bytes.count))
  }

  /// Writes what can be written now.
  ///
  /// - Returns: How many of the bytes are dealt with: all, when nobody reads the copy any more.
  private mutating func offer(_ bytes: Span<UInt8>) -> Int {
    var written = 0
    while written < bytes.count {
      do throws(SystemError) {
        guard let count = try copy?.write(bytes.extracting(written..<bytes.count)) else { break }
        guard count > 0 else { return written }
        written += count
      } catch {
        copy = nil
      }
    }
    return bytes.count
  }
}
