internal import MCPEvents
internal import MCPSystem

/// Reads an input as it comes, copies it on the way, and hands its lines over in time.
struct InputReader: ~Copyable {
  private let input: Ingester.Input
  private let showProgress: (@Sendable (ReadingProgress) -> Void)?
  private let began = ContinuousClock.now
  private var poller: Poller
  private var source: TeeSource
  private var lines: LineBuffer
  private var patience: Patience

  /// Whether the input has been read to its end.
  private(set) var isAtEnd = false
  /// Why it cannot be read any further.
  private(set) var failure: InputFailure?

  /// Prepares to read.
  ///
  /// - Parameters:
  ///   - source: What is read.
  ///   - input: What is known of it.
  ///   - options: The longest line, how long lines wait, and where a pipe is copied to.
  ///   - waker: What may end a wait.
  /// - Throws: A `SystemError` when there is no memory.
  init(
    _ source: consuming InputSource,
    _ input: Ingester.Input,
    _ options: IngestOptions,
    _ waker: Waker
  ) throws(SystemError) {
    self.input = input
    showProgress = options.progress
    patience = Patience(
      interval: options.flushInterval,
      drain: options.drain,
      isPipe: input.isPipe
    )
    poller = Poller(waker: waker)
    self.source = TeeSource(
      source,
      copyingTo: input.isPipe ? options.copy : nil,
      poller: &poller
    )
    lines = try LineBuffer(
      resumingAt: input.start,
      maximumLineLength: options.maximumLineLength
    )
  }

  /// Whether there is nothing more to read.
  var isOver: Bool { isAtEnd || failure != nil }

  /// Whether to stop, because somebody asked for it: a file at once, a pipe after some time.
  mutating func isOver(after request: StopRequest) -> Bool {
    patience.isOver(stoppingSince: request)
  }

  /// Waits, reads once if there is something to read, and hands over what is due.
  ///
  /// - Parameters:
  ///   - intake: Takes the lines.
  ///   - now: Tells the time.
  ///   - limit: How long to wait at most.
  /// - Throws: A `SystemError` when the system has no memory.
  mutating func advance(
    _ intake: inout LineIntake,
    now: () -> UnixTime,
    atMost limit: Duration? = nil
  ) throws(SystemError) {
    let deadline = patience.deadline(hasPending: intake.hasPending)
    switch try poller.wait(until: limit.map { .now + $0 } ?? deadline) {
    case .woken: break
    case .deadline: intake.flush()
    case .ready where source.isHeldBack: source.copyOn(&poller)
    case .ready:
      read()
      intake.receivedAt = now()
      if isAtEnd { end(&intake) } else { lines.deliver(to: &intake) }
      showProgress?(progress)
      if isOver || patience.isDue(hasPending: intake.hasPending) { intake.flush() }
    }
    patience.note(hasPending: intake.hasPending)
  }

  /// Hands over a last line without its end: no more of it will come.
  mutating func end(_ intake: inout LineIntake) {
    lines.finish(to: &intake)
  }

  private mutating func read() {
    do {
      isAtEnd = try lines.read(from: &source) == 0
    } catch {
      failure = InputFailure(input.name, error)
    }
    source.settle(&poller)
  }

  private var progress: ReadingProgress {
    let isPlain = input.file.map { !$0.isCompressed } ?? false
    return ReadingProgress(
      source: input.name,
      bytesRead: source.bytesRead,
      position: (isPlain ? input.start.offset : 0) + source.bytesRead,
      size: input.size,
      elapsed: .now - began
    )
  }
}
