import MCPEvents

@testable import MCPAdapters

/// A stream that is recorded for a test, and all that came of it.
struct Recording {
  var recorder: StreamRecorder
  var batch = RecordBatch()
  var ignored = 0
  var rejections: [LineRejection] = []
  /// The digest of the stream so far.
  private var digest = Fingerprint(of: [])
  private var number: Int64 = 0
  private(set) var clock: Int64 = 1_795_000_000_000

  init(_ change: (inout RecorderOptions) -> Void = { _ in }, openCalls: [OpenCall] = []) {
    var options = RecorderOptions(digest: Self.digest)
    change(&options)
    recorder = StreamRecorder(options: options, openCalls: openCalls)
  }

  /// Records lines, and ends the stream.
  init(
    _ lines: [String],
    _ change: (inout RecorderOptions) -> Void = { _ in }
  ) {
    self.init(change)
    for line in lines { consume(line) }
    finish()
  }

  /// Stands for SHA-256: as long, and as different for different bytes.
  static let digest: DigestFunction = { bytes in
    var output: [UInt8] = []
    for seed in 0..<UInt8(4) {
      var fingerprint = Fingerprint(of: [seed])
      fingerprint.add((0..<min(bytes.count, 512)).map { bytes[$0] })
      fingerprint.add(String(bytes.count).utf8)
      output += (0..<8).map { UInt8(truncatingIfNeeded: fingerprint.value >> ($0 * 8)) }
    }
    return output
  }

  mutating func consume(_ line: String, after milliseconds: Int64 = 10) {
    consume(Array(line.utf8), after: milliseconds)
  }

  mutating func consume(_ line: [UInt8], after milliseconds: Int64 = 10) {
    digest.add(line)
    number += 1
    clock += milliseconds
    let text = String(digest.value, radix: 16)
    let position = LinePosition(number: number, offset: 0, length: Int64(line.count))
    do throws(LineRejection) {
      let lineClass = try recorder.consume(
        line.span,
        at: position,
        arrival: arrival,
        streamDigest: { text },
        into: &batch
      )
      if lineClass == .ignored { ignored += 1 }
    } catch {
      rejections.append(error)
    }
  }

  /// What the clock says.
  var arrival: Arrival {
    Arrival(time: UnixTime(milliseconds: clock), microseconds: clock * 1000 % 1_000_000_000_000)
  }

  mutating func finish() {
    recorder.finish(at: arrival, into: &batch)
  }

  /// All events, also those that later ones replace.
  var events: [RecordedEvent] { batch.events.rows.map { RecordedEvent($0, batch.events) } }

  /// All records of calls.
  var calls: [RecordedEvent] { events.filter(\.isCall) }

  /// The starts and ends of sessions and sub-agents.
  var changes: [RecordedEvent] { events.filter { !$0.isCall } }

  /// The patches of instances and relationships.
  var patches: [RecordPatch] {
    batch.steps.compactMap { step in
      if case .upsert(let patch) = step.change { patch } else { nil }
    }
  }

  /// The calls that are open at the end.
  var openCalls: [OpenCall] {
    var open: [String: (index: Int, call: OpenCall)] = [:]
    for (index, step) in batch.steps.enumerated() {
      switch step.change {
      case .open(let call): open[call.eventUID] = (index, call)
      case .close(let uid): open[uid] = nil
      case .upsert, .forgetRejected: break
      }
    }
    return open.values.sorted { $0.index < $1.index }.map(\.call)
  }
}
