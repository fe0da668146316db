internal import Synchronization

internal import MCPStore
internal import MCPSystem

/// Records a command: its start, what it prints, its end.
final class CommandRecorder: Sendable {
  private let options: CommandOptions
  private let background: BackgroundRecorder
  private let notes = BoundedQueue<CommandNotes>(capacity: 1)
  private let ending = Mutex<(lines: [String], lostLines: Int64)>(([], 0))

  /// Prepares to record.
  ///
  /// - Parameters:
  ///   - options: What, and where.
  ///   - background: The thread it is done on.
  init(_ options: CommandOptions, _ background: BackgroundRecorder) {
    self.options = options
    self.background = background
  }

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
  ///
  /// - Parameters:
  ///   - lines: What is to be noted.
  ///   - lostLines: How many lines did not get into the pipe.
  func end(_ lines: [String], lostLines: Int64) {
    ending.withLock { $0 = (lines, lostLines) }
  }

  // MARK: Its thread

  /// Records what comes out of a pipe until its end.
  ///
  /// - Parameter pipe: The number of a descriptor, which it closes.
  func work(_ pipe: CInt) {
    // Closing it, whatever happens, tells the other side that nobody listens.
    let input = Mutex<FileDescriptor?>(FileDescriptor(owning: pipe))
    background.work(options.openStore) { store in
      guard let command = notes.pop(), let pipe = input.withLock({ $0.take() }) else { return }
      try record(command, from: pipe, in: store)
    }
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
    notes.closing = { self.ending.withLock { $0.lines } }
    notes.lostLines = { self.ending.withLock { $0.lostLines } }
    let name = "run " + FileSystem.lastComponent(of: command.words[0])
    try ingester.ingestPipe(pipe, named: name, notes: notes)
  }

  /// Adds what takes time to find out.
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
