/// Carries bytes from one descriptor to another as they come, and shows them to somebody.
///
/// It never waits: what the destination does not take is kept, at most one read of 64 KiB, and the
/// source is not read meanwhile.
package struct ByteRelay: ~Copyable {
  /// What becomes of the source when nobody takes its bytes any more.
  package enum Orphan: Sendable {
    /// It is closed, so that its writer learns of it.
    case close
    /// It is read on, for the one who looks on.
    case readOn
  }

  private static let bufferSize = 64 * 1024

  private var source: FileDescriptor?
  private var destination: PatientOutput?
  private let orphan: Orphan
  private let inputWatch: Poller.Watch
  private let outputWatch: Poller.Watch?
  private var memory: ReservedMemory
  private var start = 0
  private var end = 0

  private var isEnding = false
  /// How much is read at most once the writer has ended: what the largest usual pipe holds.
  private var endingAllowance = 1 << 20

  /// Whether the source is left unread for now.
  package var isHeldBack = false

  /// Why the destination could not be written, when that was not its reader's doing.
  package private(set) var failure: SystemError?

  /// Joins two descriptors.
  ///
  /// - Parameters:
  ///   - source: Where the bytes come from.
  ///   - destination: Where they go; nil shows them only.
  ///   - orphan: What becomes of the source without its destination.
  ///   - poller: Waits for both from now on.
  /// - Throws: A `SystemError` when there is no memory.
  package init(
    from source: consuming FileDescriptor,
    to destination: consuming PatientOutput?,
    orphan: Orphan,
    poller: inout Poller
  ) throws(SystemError) {
    memory = try ReservedMemory(count: Self.bufferSize)
    inputWatch = poller.watch(source, for: .input)
    outputWatch = destination?.watch(with: &poller, for: [])
    if let outputWatch { poller.change(outputWatch, to: nil) }
    self.destination = consume destination
    self.source = consume source
    self.orphan = orphan
  }

  /// Whether all is carried that there will be.
  package var isFinished: Bool { source == nil && start == end }

  /// Whether bytes wait for the destination.
  package var hasPending: Bool { start < end }

  /// Carries on after a wait, as far as that goes without waiting.
  ///
  /// - Parameters:
  ///   - poller: What was waited with.
  ///   - look: Called with bytes once they were offered to the destination.
  package mutating func advance(_ poller: inout Poller, look: (Span<UInt8>) -> Void) {
    if hasPending { write() }
    var isReadable = isEnding || !poller.readiness(of: inputWatch).isEmpty
    while isReadable, !hasPending, !isHeldBack, read(look) { isReadable = isEnding }
    settle(&poller)
  }

  /// Carries only what is there already, because the writer of the source has ended.
  ///
  /// Others who inherited the source from it may hold it open for ever; they are not waited for.
  package mutating func beginEnding() {
    guard !isEnding else { return }
    isEnding = true
    try? source?.setNonBlocking(true)
  }

  /// Reads no more.
  package mutating func closeSource(_ poller: inout Poller) {
    poller.change(inputWatch, to: nil)
    source = nil
    settle(&poller)
  }

  // MARK: Reading and writing

  /// Reads and carries once.
  ///
  /// - Returns: Whether bytes came.
  private mutating func read(_ look: (Span<UInt8>) -> Void) -> Bool {
    guard let number = source?.number else { return false }
    var isOver = false
    let count = memory.fill(0..<Self.bufferSize) { output in
      do throws(SystemError) {
        let isReady = try BorrowedDescriptor(number: number).readWithoutWaiting(into: &output)
        isOver = isReady ? output.isEmpty : isEnding
      } catch {
        // A terminal that is gone, or a connection that was reset: nothing more will come.
        isOver = true
      }
    }
    if isEnding { endingAllowance -= count }
    if isOver || endingAllowance <= 0 { source = nil }
    guard count > 0 else { return false }
    (start, end) = (0, count)
    write()
    memory.withBytes(in: 0..<count, look)
    return true
  }

  private mutating func write() {
    while start < end {
      do throws(SystemError) {
        guard let count = try offer() else { break }
        guard count > 0 else { return }
        start += count
      } catch {
        if !error.isBrokenPipe { failure = error }
        destination = nil
      }
    }
    (start, end) = (0, 0)
  }

  /// Offers what is kept; nil when there is no destination.
  private func offer() throws(SystemError) -> Int? {
    guard destination != nil else { return nil }
    return try memory.withBytes(in: start..<end) { bytes throws(SystemError) in
      try destination?.write(bytes)
    }
  }

  /// Closes what is done with, and says what to wait for.
  private mutating func settle(_ poller: inout Poller) {
    if destination == nil, orphan == .close, outputWatch != nil { source = nil }
    if source == nil, !hasPending { destination = nil }
    let wantsInput = source != nil && !hasPending && !isHeldBack
    poller.change(inputWatch, to: wantsInput ? .input : nil)
    guard let outputWatch else { return }
    poller.change(outputWatch, to: destination != nil && hasPending ? .output : nil)
  }
}
