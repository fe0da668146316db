internal import Crypto
internal import MCPAdapters
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Records the lines of agents' own formats.
///
/// Some records are named by the digest of the stream's bytes up to a line, because their ids start
/// again in each process. The digest covers the stream from its first agent line on, so that the
/// line protocol pays nothing for it.
struct AgentLines {
  private let options: RecorderOptions
  private var recorder: StreamRecorder
  private var stream = SHA256()
  private let isLive: Bool

  /// Where the first agent line begins in its input.
  private(set) var offset: Int64?

  init(_ options: IngestOptions, _ header: SpillHeader) {
    var recording = RecorderOptions { TreeHash(sha256: $0).bytes }
    recording.format = options.format
    recording.instance = header.instance
    recording.serverName = header.serverName
    recording.capture = options.capture
    self.options = recording
    recorder = StreamRecorder(options: recording)
    isLive = header.isLive
  }

  mutating func resume(_ openCalls: [OpenCall]) {
    recorder.resume(openCalls)
  }

  mutating func remember(_ openCalls: [OpenCall]) {
    recorder.remember(openCalls)
  }

  /// Calls of runs that were cut off get an event; their notes stay, in case of a late result.
  func adopt(_ openCalls: [OpenCall], at time: UnixTime, into batch: inout RecordBatch) {
    let steps = batch.steps.count
    var abandoned = StreamRecorder(options: options, openCalls: openCalls)
    abandoned.finish(at: Arrival(time: time), into: &batch)
    batch.removeSteps(from: steps)
  }

  /// Records a line, or counts it as ignored.
  mutating func take(
    _ line: Span<UInt8>,
    at position: MCPEvents.LinePosition,
    _ receivedAt: UnixTime,
    into batch: inout RecordBatch
  ) throws(LineRejection) {
    note(line, at: position)
    let stream = stream
    let arrival = Arrival(
      time: receivedAt,
      microseconds: isLive ? SystemClock.monotonicMicroseconds : nil
    )
    let kind = try recorder.consume(
      line,
      at: position,
      arrival: arrival,
      streamDigest: { Self.digest(stream) },
      into: &batch
    )
    if kind == .ignored { batch.counts.ignored += 1 }
    batch.agentOffset = offset
  }

  mutating func prime(_ line: Span<UInt8>, at position: MCPEvents.LinePosition) {
    note(line, at: position)
    let stream = stream
    recorder.prime(line) { Self.digest(stream) }
  }

  /// Calls that are open get an event; their notes stay, in case that the result comes after all.
  mutating func finish(at time: UnixTime, into batch: inout RecordBatch) {
    let arrival = Arrival(
      time: time,
      microseconds: isLive ? SystemClock.monotonicMicroseconds : nil
    )
    let steps = batch.steps.count
    recorder.finish(at: arrival, into: &batch)
    batch.removeSteps(from: steps)
  }

  private mutating func note(_ line: Span<UInt8>, at position: MCPEvents.LinePosition) {
    offset = offset ?? position.offset
    stream.update(data: Array(copying: line))
    stream.update(data: [UInt8(ascii: "\n")])
  }

  private static func digest(_ stream: SHA256) -> String {
    Hexadecimal.text(Array(stream.finalize().prefix(8)))
  }
}
