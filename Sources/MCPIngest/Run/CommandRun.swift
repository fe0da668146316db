internal import MCPEvents
internal import MCPStore
package import MCPSystem

/// Runs a command as if it had been started itself, and records it.
///
/// The command is a child in this process's group, with the same terminal. Its standard output is
/// its own when that is a terminal; then only its start and end are recorded. Otherwise what it
/// writes is copied at once, and recorded by another thread, whatever that takes.
package struct CommandRun: ~Copyable {
  /// How long the recorder may stand still after the command's end; it minds a locked database
  /// itself.
  private static let patience = Duration.seconds(30)

  private let options: CommandOptions
  private let identity: CommandInstance
  private let recorder: CommandRecorder
  private let background: BackgroundRecorder
  private var thread: Worker<Void, Never>?
  private var supervisor: ChildSupervisor
  private var poller: Poller
  private var feed: RecordingFeed
  private var relay: ByteRelay?
  private var stop: ContinuousClock.Instant?

  /// Prepares to run a command; to be called before there are other threads.
  ///
  /// - Parameter options: Which, and how it is recorded.
  /// - Throws: A `SystemError` when there are no descriptors, processes or threads left.
  package init(_ options: CommandOptions) throws(SystemError) {
    var random = SystemRandomNumberGenerator()
    identity = CommandInstance(
      given: options.instance,
      outer: options.outerInstance,
      command: options.texts[0],
      now: .now(),
      random: &random
    )
    let waker = try Waker()
    let background = BackgroundRecorder(waker: waker)
    let recorder = CommandRecorder(options, background)
    var poller = Poller(waker: waker)
    var supervisor = try ChildSupervisor()
    supervisor.watch(with: &poller)
    var pipe = try Pipe()
    let feed = try RecordingFeed(pipe.takeWriteEnd(), poller: &poller)
    let input = pipe.takeReadEnd().release()
    let thread = try Worker { recorder.work(input) }
    self.options = options
    self.recorder = recorder
    self.background = background
    self.thread = consume thread
    self.supervisor = consume supervisor
    self.poller = consume poller
    self.feed = consume feed
    relay = nil
  }

  /// Runs the command, and ends this process as the command ended.
  ///
  /// - Throws: A ``CommandFailure`` when it could not be started, or must be recorded and cannot be.
  package mutating func run() throws -> Never {
    let isStrict = options.recording.mustRecord
    do {
      if isStrict { try waitForRecorder() }
      let (began, time) = (ContinuousClock.now, UnixTime.now())
      let child = try start()
      recorder.begin(notes(child, startedAt: time))
      let ending = try follow(child)
      let note = notes(child, startedAt: time).ended(ending, after: .now - began, at: .now())
      recorder.end([note], lostLines: feed.lostLines)
      try finish()
      if isStrict { try checkRecorder() }
      ending.endThisProcess()
    } catch {
      recorder.cancel()
      throw error
    }
  }

  private func notes(_ child: ChildProcess, startedAt: UnixTime) -> CommandNotes {
    var notes = CommandNotes(
      instance: identity.id,
      parent: identity.parent,
      words: options.texts,
      processID: child.number,
      startedAt: startedAt,
      name: options.name
    )
    notes.surroundings.host = ProcessEnvironment.hostName
    return notes
  }

  // MARK: Starting

  private mutating func waitForRecorder() throws {
    while case .opening = background.state { _ = try poller.wait() }
    try checkRecorder()
  }

  private func checkRecorder() throws(CommandFailure) {
    guard case .failed(let error) = background.state else { return }
    throw CommandFailure(.ownFailure, "the command cannot be recorded: \(error)")
  }

  private mutating func start() throws -> ChildProcess {
    var program = ChildProgram(options.words)
    program.environment = [
      "MCP_SIDECAR_INSTANCE": identity.id, "MCP_SIDECAR_DB": options.database,
    ]
    do throws(SystemError) {
      if BorrowedDescriptor.standardOutput.isTerminal {
        try supervisor.start(program)
      } else {
        try startWithPipe(&program)
      }
    } catch {
      throw CommandFailure(starting: error)
    }
    guard let child = supervisor.child else { preconditionFailure("the command has started") }
    return child
  }

  private mutating func startWithPipe(_ program: inout ChildProgram) throws(SystemError) {
    var pipe = try Pipe()
    let writeEnd = pipe.takeWriteEnd()
    program.output = BorrowedDescriptor(number: writeEnd.number)
    try supervisor.start(program)
    relay = try ByteRelay(
      from: pipe.takeReadEnd(),
      to: PatientOutput(shared: StandardDescriptors.take(.standardOutput)),
      orphan: .readOn,
      poller: &poller
    )
  }

  // MARK: Running

  /// Passes on what there is to pass on until the command has ended, and all it wrote is copied.
  private mutating func follow(_ child: ChildProcess) throws -> ProcessEnding {
    while true {
      let background = background
      supervisor.advance(&poller) { background.whileIdle($0) }
      advanceRelay()
      feed.advance(&poller)
      if let ending = supervisor.ending, relay?.isFinished ?? true { return ending }
      if supervisor.stopRequests > 0, let ending = supervisor.ending { return ending }
      stopUnrecorded(child)
      _ = try poller.wait(until: [supervisor.deadline, stop].compactMap(\.self).min())
    }
  }

  private mutating func advanceRelay() {
    if supervisor.ending != nil { relay?.beginEnding() }
    relay?.isHeldBack = feed.isFull
    relay?.advance(&poller) { bytes in feed.append(bytes) }
  }

  /// Stops a command that must be recorded and cannot be any more.
  private mutating func stopUnrecorded(_ child: ChildProcess) {
    guard options.recording.mustRecord, background.state.isOver, supervisor.ending == nil else {
      return
    }
    guard let stop else {
      child.send(.terminate)
      stop = .now + options.recording.drain
      return
    }
    if stop <= .now { child.send(.kill) }
  }

  /// Waits for the recorder as long as it gets on, and nobody is in a hurry.
  private mutating func finish() throws {
    feed.end()
    var (pending, deadline) = (feed.pending, ContinuousClock.now + Self.patience)
    while !background.state.isOver, deadline > .now, supervisor.stopRequests < 2 {
      feed.advance(&poller)
      if feed.pending < pending { (pending, deadline) = (feed.pending, .now + Self.patience) }
      _ = try poller.wait(until: [supervisor.deadline, deadline].compactMap(\.self).min())
      supervisor.advance(&poller) { $0() }
    }
    if let complaint = background.complaint { options.warn(complaint) }
    if !background.state.isOver { thread.take()?.detach() }
  }
}
