import MCPEvents
import Testing

@Suite struct `Damaged lines` {
  @Test(arguments: sampleLines)
  func `that are cut off are named so`(line: String) {
    let bytes = Array(line.utf8.reversed().drop { $0 == 0x20 }.reversed())
    for length in 0..<bytes.count {
      let rejection = rejection(try result(of: Array(bytes[..<length])))
      let isBlank = bytes[..<length].allSatisfy { $0 == 0x20 }
      #expect(rejection?.code == (isBlank ? .notJSON : .truncated), "\(length)")
    }
  }

  /// Every byte is replaced by its neighbours by one bit, and by all that mean something in JSON.
  @Test(arguments: sampleLines)
  func `never trap, and are read back if they are read`(line: String) throws {
    let bytes = Array(line.utf8)
    var decoder = LineDecoder()
    var batch = EventBatch()
    let meaningful = Array("{}[]\"\\,:/u0-e.\n ".utf8) + [0, 0x80, 0xC3, 0xED, 0xF4, 0xFF]
    var wrong: [String] = []
    for index in bytes.indices {
      for byte in (0..<8).map({ bytes[index] ^ 1 << $0 }) + meaningful {
        var damaged = bytes
        damaged[index] = byte
        batch.removeAll()
        let position = LinePosition(number: 1, offset: 0, length: Int64(bytes.count))
        let result = try? decoder.decode(
          damaged.span,
          at: position,
          receivedAt: Decoded.receivedAt,
          into: &batch
        )
        guard case .event = result else { continue }
        let decoded = Decoded(batch)
        let again = try? event(decoded.line())
        if again?.content != decoded.content {
          wrong.append(String(decoding: damaged, as: UTF8.self))
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test(arguments: seeds)
  func `of every kind never trap`(seed: UInt64) {
    var generator = JSONGenerator(seed: seed)
    let lines = sampleLines + patchLines
    var kinds: Set<String> = []
    for _ in 0..<5000 {
      var bytes = Array(generator.random.pick(lines).utf8)
      for _ in 0..<Int.random(in: 1...3, using: &generator.random) where !bytes.isEmpty {
        bytes = generator.damaged(String(decoding: bytes, as: UTF8.self))
      }
      kinds.insert((try? result(of: bytes).result.name) ?? "rejected")
    }
    #expect(kinds.isSuperset(of: ["event", "instance", "rejected", "foreign"]))
  }

  @Test func `that nest without end are rejected`() {
    for opening in ["[", #"{"a":"#, #"{"instance_id":"i","metadata":"#] {
      let line = String(repeating: opening, count: 10_000)
      #expect(rejection(try kind(of: line))?.code == .tooDeep)
    }
  }

  @Test(arguments: [(511, true), (512, false)])
  func `that nest too deep are rejected`(depth: Int, isTaken: Bool) {
    let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(
      rejection(try event(with: #""metadata":\#(value)"#))?.code == (isTaken ? nil : .tooDeep)
    )
  }
}

/// A line of each record other than an event.
let patchLines = [
  #"{"kind":"instance","id":"work-1","type":"coding","status":"started","worktree_path":"/w","claude_pid":7,"created_at":"2026-11-22T09:14:03Z","metadata":{"labels":{"a":"b"}},"unknown":[1]}"#,
  #"{"kind":"relationship","parent_instance":"a","child_instance":"b","relationship_type":"spawned_review","review_iteration":2}"#,
  #"{"kind":"github_issue","repo_owner":"o","repo_name":"r","number":123,"labels":["bug"],"updated_at":1795338843512}"#,
]
