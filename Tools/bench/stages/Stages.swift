import MCPEvents
import MCPStore
import MCPSystem

/// Measures what a line costs before it reaches SQLite, stage by stage, on one core.
///
///     bench-stages EVENTS.jsonl     → {"lines":…,"bytes":…,"cut":…,"decode":…,"write":…,"hash":…,"tree":…}
///
/// Each pass does what the one before does and one stage more; all times are seconds. The file
/// should be in the page cache.
@main
struct Stages {
  static func main() throws {
    guard let path = CommandLine.arguments.dropFirst().first else {
      print("usage: bench-stages EVENTS.jsonl")
      return
    }
    var seconds: [String] = []
    var pass = try Pass.run(.cut, path)
    for stage in Stage.allCases {
      pass = try Pass.run(stage, path)
      seconds.append("\"\(stage.rawValue)\":\(pass.duration / .seconds(1))")
    }
    print("{\"lines\":\(pass.lines),\"bytes\":\(pass.bytes),\(seconds.joined(separator: ","))}")
  }
}

/// What is done to a line.
enum Stage: String, CaseIterable {
  /// Reading, and finding the line feed.
  case cut
  /// Scanning the JSON, and making an event of it.
  case decode
  /// Writing the event as its canonical line.
  case write
  /// Hashing that line as a leaf.
  case hash
  /// Hashing the leaves of a batch up to its root.
  case tree
}

/// One way through the file.
struct Pass: LineConsumer {
  typealias Failure = LineRejection

  private static let batchSize = 2000
  private static let origin: [UInt8] = Array("0123456789abcdef".utf8)

  private let stage: Stage
  private var decoder = LineDecoder()
  private var batch = EventBatch()
  private var hasher = TreeHasher()
  private var leaves: [TreeHash] = []
  private var line: [UInt8] = []
  private(set) var lines = 0
  private(set) var bytes = 0
  private(set) var duration = Duration.zero

  private init(_ stage: Stage) {
    self.stage = stage
  }

  static func run(_ stage: Stage, _ path: String) throws -> Self {
    var file = try FileDescriptor.open(path, for: .reading)
    var buffer = try LineBuffer()
    var pass = Self(stage)
    let start = ContinuousClock.now
    while try buffer.read(from: &file) > 0 { try buffer.deliver(to: &pass) }
    try buffer.finish(to: &pass)
    pass.duration = start.duration(to: .now)
    return pass
  }

  mutating func take(
    _ text: Span<UInt8>,
    at position: MCPSystem.LinePosition
  ) throws(LineRejection) {
    lines += 1
    bytes += text.count + 1
    guard stage != .cut else { return }
    let place = MCPEvents.LinePosition(
      number: position.number,
      offset: position.offset,
      length: position.length
    )
    _ = try decoder.decode(text, at: place, receivedAt: UnixTime(milliseconds: 0), into: &batch)
    guard stage != .decode else { return emptyIfFull() }
    guard let row = batch.rows.last else { return }
    if stage == .write {
      line.removeAll(keepingCapacity: true)
      EventLine.write(row, of: batch, origin: Self.origin.span, into: &line)
    } else {
      let events = batch
      let leaf = hasher.leaf {
        EventLine.write(row, of: events, origin: Self.origin.span, into: &$0)
      }
      if stage == .tree { leaves.append(leaf) }
    }
    emptyIfFull()
  }

  private mutating func emptyIfFull() {
    guard batch.count >= Self.batchSize else { return }
    _ = TreeHasher.root(of: leaves)
    leaves.removeAll(keepingCapacity: true)
    batch.removeAll()
  }

  mutating func takePart(_ part: Span<UInt8>, ofLineAt start: LineStart) {}

  mutating func endParts(at position: MCPSystem.LinePosition) {}
}
