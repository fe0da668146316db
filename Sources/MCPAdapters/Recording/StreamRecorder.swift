package import MCPEvents

/// Turns the lines of agents' streams into records: one event for each call.
///
/// A recorder is a state machine for one stream: a pipe, a file, one side of a tap. It reads no
/// clock and opens no file. Different agents may alternate in one stream. What it remembers is
/// bounded, however long or hostile the stream is.
package struct StreamRecorder: Sendable {
  private static let keptCapacity = 1 << 20

  private let options: RecorderOptions
  private let capture: Capture
  private var detector = FormatDetector()
  private var adapters = AdapterSet()
  private var ledger: CallLedger
  private var instances: InstanceDirectory
  private var document = JSONDocument()

  /// Creates a recorder.
  ///
  /// - Parameters:
  ///   - options: How the stream is recorded.
  ///   - openCalls: Calls that began before and have no result yet, as the database has them.
  package init(options: RecorderOptions, openCalls: [OpenCall] = []) {
    self.options = options
    capture = Capture(level: options.capture, digest: options.digest)
    ledger = CallLedger(capture: capture)
    instances = InstanceDirectory(override: options.instance)
    resume(openCalls)
  }

  /// How many calls are open.
  package var openCallCount: Int { ledger.openCount }

  /// Adds calls that began before and have no result yet, as the database has them.
  package mutating func resume(_ openCalls: [OpenCall]) {
    for call in openCalls {
      guard let entry = CallNotes.read(call) else { continue }
      ledger.resume(entry)
      adapters.resume(entry.facts)
    }
  }

  /// Adds calls that other recorders saw begin, as the database has them: should their results come
  /// in this stream, it is known what they are results of.
  package mutating func remember(_ openCalls: [OpenCall]) {
    ledger.remember(openCalls)
  }

  /// Records one line.
  ///
  /// - Parameters:
  ///   - line: The bytes of the line, without its terminator.
  ///   - position: Where it was read.
  ///   - arrival: When it was read.
  ///   - streamDigest: The digest of the stream's bytes up to and with this line, 16 hexadecimal
  ///     digits. It is asked for only where a record is named by it: where ids start again in each
  ///     process.
  ///   - batch: Where the records go. It is unchanged unless the result is ``LineClass/records``.
  /// - Returns: What the line was.
  /// - Throws: A ``LineRejection`` when the line is not JSON, or of no known format.
  package mutating func consume(
    _ line: Span<UInt8>,
    at position: LinePosition,
    arrival: Arrival,
    streamDigest: () -> String,
    into batch: inout RecordBatch
  ) throws(LineRejection) -> LineClass {
    let reading = try read(line)
    guard !reading.observations.isEmpty else { return .ignored }
    var scene = Scene(format: reading.format, arrival: arrival)
    if reading.isRepaired { scene.rawDigest = capture.hex([UInt8](copying: line)) }
    if reading.observations.contains(where: needsStreamDigest) {
      scene.streamDigest = streamDigest()
    }
    batch.events.beginLine(line, at: position)
    let (rows, steps) = (batch.events.count, batch.steps.count)
    for observation in reading.observations { record(observation, scene, into: &batch) }
    guard batch.events.count > rows || batch.steps.count > steps else {
      batch.cancelLine()
      return .ignored
    }
    return .records
  }

  /// Reads a line that was recorded earlier, for what later lines leave out, such as the session.
  ///
  /// A recorder that goes on in the middle of a file is given the lines from its beginning first;
  /// the first few hundred are enough.
  package mutating func prime(_ line: Span<UInt8>, streamDigest: () -> String) {
    guard let reading = try? read(line) else { return }
    for case let owner? in reading.observations.map(\.owner)
    where instances.needsStreamDigest(session: owner.session) {
      _ = instances.id(InstanceNote(owner.agent, session: nil), streamDigest())
    }
  }

  /// Ends the stream: calls that are still open get a row that says so.
  ///
  /// The rows belong to no line: their `line` is -1.
  package mutating func finish(at arrival: Arrival, into batch: inout RecordBatch) {
    let scene = Scene(format: detector.hint ?? .claudeStream, arrival: arrival)
    let first = batch.events.count
    ledger.abandonAll(scene, into: &batch)
    for index in first..<batch.events.count { batch.events.rows[index].line = -1 }
  }

  /// The session that a hook's payload names: its open calls are what the recorder has to know.
  package static func session(ofHook payload: Span<UInt8>) -> String? {
    guard let document = try? JSONDocument(payload),
      document.root["hook_event_name"]?.string != nil
    else { return nil }
    return document.root["session_id"]?.string
  }
}

// MARK: - Reading

extension StreamRecorder {
  private struct Reading {
    let format: StreamFormat
    let observations: [Observation]
    var isRepaired = false
  }

  /// Scans the line, repairs it where that helps, and finds out what it says.
  private mutating func read(_ line: Span<UInt8>) throws(LineRejection) -> Reading {
    if document.bytes.capacity > Self.keptCapacity { document = JSONDocument() }
    guard let error = parseError(of: line) else { return try interpret(document.root) }
    let rejection = LineRejection(error, in: line)
    guard error.isReparable, LineRepair.mayHelp(line),
      parseError(of: LineRepair.repaired(line).span) == nil,
      document.root["instance_id"] == nil, var reading = try? interpret(document.root)
    else { throw rejection }
    reading.isRepaired = true
    return reading
  }

  /// Makes `text` the document.
  private mutating func parseError(of text: Span<UInt8>) -> JSONError? {
    do throws(JSONError) { try document.parse(text) } catch { return error }
    return nil
  }

  private mutating func interpret(_ root: JSONValue) throws(LineRejection) -> Reading {
    guard root.kind == .array else {
      guard root.isObject else {
        throw LineRejection(.notAnObject, "the line is JSON, but not an object")
      }
      return try interpretObject(root)
    }
    var format: StreamFormat?
    var observations: [Observation] = []
    for element in root.elements where element.isObject {
      guard let reading = try? interpretObject(element) else { continue }
      format = format ?? reading.format
      observations += reading.observations
    }
    guard let format else {
      throw LineRejection(.notAnObject, "the line is JSON, but not an object")
    }
    return Reading(format: format, observations: observations)
  }

  private mutating func interpretObject(_ line: JSONValue) throws(LineRejection) -> Reading {
    if FormatDetector.isTelemetry(line) { return Reading(format: .claudeStream, observations: []) }
    guard let format = options.format ?? detector.format(of: line) else {
      throw LineRejection(.unknownFormat, "the line is JSON, but of no known format")
    }
    let context = LineContext(format: format, capture: capture, serverName: options.serverName)
    return Reading(format: format, observations: adapters.read(line, context))
  }
}

extension JSONError {
  /// Whether the line may be damaged in a way that can be repaired.
  fileprivate var isReparable: Bool {
    switch reason {
    case .loneSurrogate, .controlCharacter, .invalidUTF8, .unexpectedByte, .trailingBytes: true
    case .empty, .truncated, .invalidNumber, .invalidEscape, .tooDeep, .tooLong: false
    }
  }
}

// MARK: - Recording

extension StreamRecorder {
  /// Whether the stream's digest names something that comes from the observation.
  private func needsStreamDigest(_ observation: Observation) -> Bool {
    switch observation {
    case .instance(let note): instances.needsStreamDigest(session: note.session)
    case .lifecycle(let change):
      (change.mark ?? change.agentID) == nil || instances.needsStreamDigest(session: change.session)
    case .begin(let facts), .end(let facts), .denial(let facts):
      facts.name.needsStreamDigest || instances.needsStreamDigest(session: facts.session)
    case .late, .forget, .abandon: false
    }
  }

  private mutating func record(
    _ observation: Observation,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    switch observation {
    case .instance(let note): describe(note, scene, into: &batch)
    case .lifecycle(let change): record(change, scene, into: &batch)
    case .begin(let facts):
      ledger.begin(facts, instance: instance(of: facts, scene, &batch), scene, into: &batch)
    case .end(let facts) where facts.isReplay && !ledger.knows(facts): break
    case .end(let facts):
      ledger.end(facts, instance: instance(of: facts, scene, &batch), scene, into: &batch)
    case .denial(let facts):
      ledger.deny(facts, instance: instance(of: facts, scene, &batch), scene, into: &batch)
    case .late(let facts): ledger.endLate(facts, scene, into: &batch)
    case .forget(let name): ledger.forget(name, into: &batch)
    case .abandon(let abandonment): ledger.abandon(abandonment, scene, into: &batch)
    }
  }

  private mutating func describe(
    _ note: InstanceNote,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    let patches = instances.patches(for: note, at: scene.arrival.time, scene.streamDigest)
    for patch in patches { batch.append(.upsert(patch)) }
  }

  /// The instance that makes the call, introduced if it is new.
  private mutating func instance(
    of facts: CallFacts,
    _ scene: Scene,
    _ batch: inout RecordBatch
  ) -> String {
    var note = InstanceNote(facts.name.agent, session: facts.session, agentID: facts.agentID)
    note.time = facts.began ?? facts.time
    describe(note, scene, into: &batch)
    return instances.id(note, scene.streamDigest)
  }

  private mutating func record(
    _ change: Lifecycle,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    var note = InstanceNote(change.agent, session: change.session, agentID: change.agentID)
    note.child = change.child
    note.time = change.time
    describe(note, scene, into: &batch)
    let instance = instances.id(note, scene.streamDigest)
    EventWriter.append(change, instance: instance, scene, into: &batch.events)
  }
}
