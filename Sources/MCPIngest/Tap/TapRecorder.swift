internal import Synchronization

internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Records the traffic of a server that is listened to.
final class TapRecorder: Sendable {
  private let options: TapOptions
  private let background: BackgroundRecorder
  private let encoder: TapEncoder
  private let closing = Mutex<[String]>([])

  /// Prepares to record.
  ///
  /// - Parameters:
  ///   - options: What, and where.
  ///   - background: The thread it is done on.
  ///   - encoder: Writes what is recorded.
  init(_ options: TapOptions, _ background: BackgroundRecorder, _ encoder: TapEncoder) {
    self.options = options
    self.background = background
    self.encoder = encoder
  }

  /// Says that the server ended though nobody asked it to; to be called before the traffic ends.
  func end(_ ending: ProcessEnding, after duration: Duration) {
    let (text, code) =
      switch ending {
      case .exited(let status): ("ended with status \(status)", "\"exit_status\":\(status)")
      case .killed(let signal):
        ("was ended by \(signal.name)", "\"signal\":\"\(signal.name)\"")
      }
    var members = [
      "\"tool_name\":\"tap.server_ended\"", "\"outcome\":\"error\"",
      "\"error_message\":" + JSONText.quoted("the server \(options.title) \(text)"),
      "\"timestamp\":\(UnixTime.now().milliseconds)",
      "\"duration_us\":\(duration.microseconds)",
      "\"metadata\":{\(code)}", "\"source_format\":\"mcp.tap\"",
    ]
    if let name = options.serverName {
      members.append("\"server_name\":" + JSONText.quoted(name))
    }
    let line = "{\(members.joined(separator: ","))}"
    closing.withLock { $0 = [line] }
  }

  /// Records what comes out of a pipe until its end.
  ///
  /// - Parameter pipe: The number of a descriptor, which it closes.
  func work(_ pipe: CInt) {
    // Closing it, whatever happens, tells the other side that nobody listens.
    let input = Mutex<FileDescriptor?>(FileDescriptor(owning: pipe))
    background.work(options.openStore) { store in
      guard let pipe = input.withLock({ $0.take() }) else { return }
      try record(pipe, in: store)
    }
  }

  private func record(_ pipe: consuming FileDescriptor, in store: AgentStore) throws {
    var recording = options.recording
    recording.surroundings = .current()
    let host = recording.surroundings.host ?? "localhost"
    let instance = TapInstance(
      named: options.instance,
      running: options.instance == nil ? try store.runningInstances(on: host) : [],
      ancestors: ProcessAncestor.all(),
      host: host
    )
    recording.instance = instance.id
    recording.serverName = options.serverName
    recording.maximumLineLength = TapEncoder.maximumRecordLength
    var ingester = try Ingester(
      store: store,
      options: recording,
      programVersion: options.programVersion,
      signalHandling: .caller
    )
    // What cannot be stored yet stays where it is.
    try? ingester.ingestSpill()
    var notes = PipeNotes()
    notes.opening = instance.notes(recording.surroundings)
    notes.closing = { self.closing.withLock { $0 } }
    notes.lostLines = { self.encoder.droppedMessages }
    try ingester.ingestPipe(pipe, named: "tap \(options.title)", notes: notes)
  }
}
