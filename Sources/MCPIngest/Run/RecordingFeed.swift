internal import MCPEvents
internal import MCPSystem

/// Hands bytes to the thread that records them, without waiting for it.
///
/// What it does not take at once is kept, up to a limit that ``isFull`` tells.
struct RecordingFeed: ~Copyable {
  private static let limit = 16 << 20

  private var output: PatientOutput?
  private let watch: Poller.Watch
  private var backlog: [UInt8] = []
  private var written = 0
  private var isEnding = false

  /// How many lines came after the recorder had given up.
  private(set) var lostLines: Int64 = 0

  /// Takes the end of a pipe that the recorder reads.
  init(_ pipe: consuming FileDescriptor, poller: inout Poller) throws(SystemError) {
    let output = try PatientOutput(ownedAlone: pipe)
    watch = output.watch(with: &poller, for: [])
    self.output = consume output
  }

  /// Whether nothing should be added for now.
  var isFull: Bool { pending >= Self.limit }

  /// How many bytes the recorder has not taken yet.
  var pending: Int { backlog.count - written }

  /// Whether the recorder has got everything it will get.
  var isClosed: Bool { output == nil }

  /// Adds bytes.
  mutating func append(_ bytes: Span<UInt8>) {
    guard output != nil else {
      lostLines += Self.lineCount(bytes)
      return
    }
    backlog.append(copying: bytes)
    write()
  }

  /// Adds no more; ``isClosed`` once all is handed over.
  mutating func end() {
    isEnding = true
  }

  /// Carries on after a wait.
  mutating func advance(_ poller: inout Poller) {
    if pending > 0, !poller.readiness(of: watch).isEmpty { write() }
    if isEnding, pending == 0 { output = nil }
    let interest: Readiness? = pending > 0 ? .output : []
    poller.change(watch, to: output == nil ? nil : interest)
    // A recorder that has gone is noticed when there is something to write.
  }

  private mutating func write() {
    while written < backlog.count {
      do throws(SystemError) {
        let count = try output?.write(backlog.span.extracting(written...)) ?? 0
        guard count > 0 else { break }
        written += count
      } catch {
        output = nil
        lostLines += Self.lineCount(backlog.span.extracting(written...))
        written = backlog.count
      }
    }
    guard written == backlog.count || written > Self.limit else { return }
    backlog.removeFirst(written)
    written = 0
  }

  private static func lineCount(_ bytes: Span<UInt8>) -> Int64 {
    var count: Int64 = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") { count += 1 }
    return count
  }
}
