internal import Synchronization

internal import MCPStore
internal import MCPSystem

/// Records a command on a thread of its own, however long that takes.
final class CommandRecorder: Sendable {
  /// How far it is.
  enum State: Sendable {
    case opening
    case recording
    case finished
    case failed(any Error)

    /// Whether nothing more will be done.
    var isOver: Bool {
      switch self {
      case .opening, .recording: false
      case .finished, .failed: true
      }
    }
  }

  private struct Shared {
    var state = State.opening
    var store: AgentStore?
    var closing: [String] = []
  }

  private let options: CommandOptions
  private let waker: Waker
  private let shared = Mutex(Shared())
  private let notes = BoundedQueue<CommandNotes>(capacity: 1)

  /// Prepares to record.
  ///
  /// - Parameters:
  ///   - options: What, and where.
  ///   - waker: Woken when the state changes.
  init(_ options: CommandOptions, waker: Waker) {
    self.options = options
    self.waker = waker
  }

  /// How far it is.
  var state: State { shared.withLock { $0.state } }

  // MARK: The main thread's side

  /// Says that the command has started.
  func begin(_ command: CommandNotes) {
    _ = notes.push(command)
  }

  /// Says that there is no command to record.
  func cancel() {
    notes.close()
  }

  /// Says how it ended; to be called before the pipe ends.
  func end(_ lines: [String]) {
    shared.withLock { $0.closing = lines }
  }

  /// Runs `body` while the database is not locked by this process.
  func whileIdle(_ body: () -> Void) {
    guard let store = shared.withLock({ $0.store }) else { return body() }
    store.whileIdle(body)
  }

  // MARK: Its thread

  /// Records what comes out of a pipe until its end.
  ///
  /// - Parameter pipe: The number of a descriptor, which it closes.
  func work(_ pipe: CInt) {
    let input = FileDescriptor(owning: pipe)
    do {
      let store = try options.openStore()
      advance(to: .recording, store)
      if let command = notes.pop() { try record(command, from: input, in: store) }
      shared.withLock { $0.store = nil }
      try store.close()
      advance(to: .finished)
    } catch {
      advance(to: .failed(error))
    }
  }

  private func advance(to state: State, _ store: AgentStore? = nil) {
    shared.withLock { shared in
      shared.state = state
      shared.store = store
    }
    waker.wake()
  }

  private func record(
    _ command: CommandNotes,
    from pipe: consuming FileDescriptor,
    in store: AgentStore
  ) throws {
    var recording = options.recording
    recording.instance = command.instance
    recording.surroundings = .current()
    var ingester = try Ingester(
      store: store,
      options: recording,
      programVersion: options.programVersion,
      signalHandling: .caller
    )
    // What cannot be stored yet stays where it is.
    try? ingester.ingestSpill()
    var notes = PipeNotes()
    notes.opening = completed(command, recording.surroundings).opening
    notes.closing = { self.shared.withLock { $0.closing } }
    let name = "run " + FileSystem.lastComponent(of: command.words[0])
    try ingester.ingestPipe(pipe, named: name, notes: notes)
  }

  /// What takes time to find out.
  private func completed(
    _ command: CommandNotes,
    _ surroundings: Surroundings
  ) -> CommandNotes {
    var command = command
    command.surroundings = surroundings
    command.tmuxSession = TmuxSession.name
    command.name =
      command.name ?? command.tmuxSession
      ?? surroundings.worktreePath.map(FileSystem.lastComponent)
    return command
  }
}
