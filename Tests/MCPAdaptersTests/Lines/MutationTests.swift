import MCPEvents
import Testing

@testable import MCPAdapters

@Suite(.enabled(if: Samples.folder != nil, "the captures in ../shared are not here"))
struct `Changed captures` {
  @Test(arguments: Samples.names)
  func `never stop the recorder`(name: String) throws {
    let seed = UInt64.random(in: 1...UInt64.max)
    var random = SplitMix(seed: seed)
    let lines = try Samples.lines(of: name)
    for round in 0..<6 {
      var recording = Recording()
      for line in lines { recording.consume(Self.changed(line, &random)) }
      recording.finish()
      let batch = recording.batch
      #expect(recording.recorder.openCallCount == 0, "seed \(seed), round \(round)")
      for event in recording.events {
        #expect(
          (try? JSONDocument(Array(event.metadata.utf8).span)) != nil,
          "seed \(seed): \(event)"
        )
        #expect(!event.uid.isEmpty && !event.instance.isEmpty, "seed \(seed): \(event)")
      }
      #expect(
        batch.events.lines.count + recording.ignored + recording.rejections.count == lines.count
      )
    }
  }

  /// The line with a few bytes changed, cut out, or put in.
  private static func changed(_ line: [UInt8], _ random: inout SplitMix) -> [UInt8] {
    var line = line
    for _ in 0..<Int.random(in: 0...3, using: &random) where !line.isEmpty {
      let place = Int.random(in: 0..<line.count, using: &random)
      switch Int.random(in: 0..<5, using: &random) {
      case 0: line[place] = UInt8.random(in: 0...255, using: &random)
      case 1: line.removeSubrange(place...)
      case 2: line.remove(at: place)
      case 3: line.insert(contentsOf: line[..<place].suffix(40), at: place)
      default: line.insert(Array("{}[]\",:0\\u".utf8).randomElement(using: &random) ?? 0, at: place)
      }
    }
    return line
  }

  /// A generator that repeats itself for a seed.
  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var bits = state
      bits = (bits ^ bits >> 30) &* 0xBF58_476D_1CE4_E5B9
      bits = (bits ^ bits >> 27) &* 0x94D0_49BB_1331_11EB
      return bits ^ bits >> 31
    }
  }
}
