import MCPEvents
import Testing

@testable import MCPIngest

@Suite struct `Tap lines` {
  private func records(
    of chunks: [String],
    maximumLength: Int = 1000
  ) -> (text: String, lines: TapLines) {
    var lines = TapLines(.clientToServer, maximumLength: maximumLength)
    var output: [UInt8] = []
    for (index, chunk) in chunks.enumerated() {
      lines.add(Array(chunk.utf8).span, at: Int64(1_000_000 + index), into: &output)
    }
    return (String(decoding: output, as: UTF8.self), lines)
  }

  @Test func `become records of a tap, with the time of their end`() {
    let (text, _) = records(of: [#"{"id":"#, "1}\n"])
    #expect(text == #"{"ts_ms":1000,"ts_us":1000001,"dir":"c2s","raw":"{\"id\":1}"}"# + "\n")
  }

  @Test(arguments: 1...9)
  func `are the same however the bytes are cut`(size: Int) {
    let bytes = Array("{\"a\":1}\n{}\r\n\n[\"é\\u2028\"]\nrest".utf8)
    let whole = records(of: [String(decoding: bytes, as: UTF8.self)])
    var lines = TapLines(.clientToServer, maximumLength: 1000)
    var output: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      let part = Array(bytes[start..<min(start + size, bytes.count)])
      lines.add(part.span, at: 1_000_000, into: &output)
    }
    #expect(String(decoding: output, as: UTF8.self) == whole.text)
    #expect(whole.text.split(separator: "\n").count == 3)
  }

  @Test func `that are too long are counted, and the next one is recorded`() {
    let (text, lines) = records(
      of: ["aaaaaa", "aaaaaa", "aa\n{}\n", "bbbbbbbbbbbbb\n[]\n"],
      maximumLength: 10
    )
    #expect(text.split(separator: "\n").count == 2)
    #expect(lines.droppedLines == 2)
    #expect(lines.droppedBytes == 14 + 13)
  }

  @Test func `around a gap are counted, and not put together`() {
    var lines = TapLines(.serverToClient, maximumLength: 1000)
    var output: [UInt8] = []
    var gap = TapTraffic.Gap()
    gap.add(Array("tail\nwhole\nhead".utf8).span)
    lines.add(Array("{}\nstart".utf8).span, at: 0, into: &output)
    lines.add(gap)
    lines.add(Array("end\n[]\n".utf8).span, at: 0, into: &output)
    let text = String(decoding: output, as: UTF8.self)
    #expect(text.split(separator: "\n").count == 2)
    #expect(!text.contains("start") && !text.contains("end"))
    // start…tail, whole, head…end
    #expect(lines.droppedLines == 3)
  }
}

@Suite struct `Tap traffic` {
  private func add(_ text: String, _ direction: TapDirection, to traffic: TapTraffic) {
    traffic.add(Array(text.utf8).span, direction, at: 0)
  }

  @Test func `comes out in the order of both ways`() throws {
    let traffic = TapTraffic(limit: 100)
    add("a", .clientToServer, to: traffic)
    add("b", .serverToClient, to: traffic)
    traffic.close()
    let texts = try #require(traffic.take()).map { item in
      guard case .bytes(let direction, let bytes, _) = item else { return "gap" }
      return direction.rawValue + String(decoding: bytes, as: UTF8.self)
    }
    #expect(texts == ["c2sa", "s2cb"])
    #expect(traffic.take() == nil)
  }

  @Test func `that finds no room leaves a gap in its way only`() throws {
    let traffic = TapTraffic(limit: 10)
    add("12345678\n", .clientToServer, to: traffic)
    add("lost\nlost", .clientToServer, to: traffic)
    _ = traffic.take()
    add("x", .serverToClient, to: traffic)
    add("y", .clientToServer, to: traffic)
    let items = try #require(traffic.take())
    #expect(items.count == 3)
    guard case .gap(let direction, let gap) = items[1] else {
      Issue.record("no gap before the next bytes")
      return
    }
    #expect(direction == .clientToServer)
    #expect(gap == TapTraffic.Gap(bytes: 9, lineEnds: 1, isOpen: true))
  }

  @Test func `that was dropped last is told at the end`() throws {
    let traffic = TapTraffic(limit: 1)
    add("too long\n", .serverToClient, to: traffic)
    traffic.close()
    let items = try #require(traffic.take())
    guard case .gap(_, let gap) = items.first else {
      Issue.record("no gap")
      return
    }
    #expect(gap == TapTraffic.Gap(bytes: 9, lineEnds: 1, isOpen: false))
  }
}
