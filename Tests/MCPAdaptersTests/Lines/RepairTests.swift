import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `A damaged line` {
  private static func item(_ output: [UInt8]) -> [UInt8] {
    Array(
      #"{"type":"item.completed","item":{"id":"item_0","type":"command_execution","aggregated_output":""#
        .utf8
    ) + output + Array(#"","exit_code":0,"status":"completed"}}"#.utf8)
  }

  @Test(
    arguments: [
      (Array(#"\ud83d\n"#.utf8), "\u{FFFD}\n"), (Array(#"\udc00x"#.utf8), "\u{FFFD}x"),
      (Array(#"\ud83d\ud83d\ude00"#.utf8), "\u{FFFD}\u{1F600}"),
      ([0xFF, 0xFE], "\u{FFFD}\u{FFFD}"),
      ([0x1B, 0x5B, 0x33, 0x31, 0x6D], "\u{1B}[31m"), ([0x09], "\t"),
      ([0xE2, 0x82], "\u{FFFD}\u{FFFD}"),
    ]
  )
  func `is mended and marked`(output: [UInt8], text: String) throws {
    var recording = Recording()
    let line = Self.item(output)
    recording.consume(line)
    let call = try #require(recording.calls.first)
    #expect(call["result"]?["text"]?.string == text)
    #expect(call["repaired"]?.bool == true)
    #expect(call["raw_sha256"]?.string?.count == 64)
    #expect(
      Array(recording.batch.events.bytes[..<line.count]) == line,
      "the line is kept as it was"
    )
  }

  @Test func `in terminal colours is read`() {
    let recording = Recording(["\u{1B}[32m" + #"{"type":"turn.started"}"# + "\u{1B}[0m"])
    #expect(recording.ignored == 1)
  }

  @Test(
    arguments: [
      "npm warn deprecated foo", "{\"this looks like", "[SandboxDebug] {\"type\":\"x\"}",
      "{\"a\":1}{\"b\":2}",
      "\u{1B}[32m{\"tool_name\":\"ours\",\"instance_id\":\"i\"}\u{1B}[0m",
      String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
    ]
  )
  func `that is no agent's is refused for what was wrong with it`(line: String) {
    let recording = Recording([line])
    #expect(recording.rejections.count == 1)
    #expect(recording.rejections.first?.code != .unknownFormat)
    #expect(recording.batch.isEmpty)
  }

  @Test func `that is whole is left alone`() throws {
    var recording = Recording()
    recording.consume(Self.item(Array(#"a\u0000b\ud83d\ude00"#.utf8)))
    let call = try #require(recording.calls.first)
    #expect(call["repaired"] == nil)
    #expect(call["result"]?["text"]?.string == "a\0b\u{1F600}")
  }

  @Test(arguments: ["42", "null", #""x""#, "[1]", "[]"])
  func `is another thing than one that is no object`(line: String) {
    #expect(Recording([line]).rejections.map(\.code) == [.notAnObject])
  }

  @Test func `is another thing than one of an unknown format`() {
    #expect(Recording([#"{"silly":"x"}"#]).rejections.map(\.code) == [.unknownFormat])
  }

  @Test func `may begin with a byte order mark`() {
    let line = [0xEF, 0xBB, 0xBF] + Array(#"{"type":"thread.started","thread_id":"t"}"#.utf8)
    var recording = Recording()
    recording.consume(line)
    #expect(recording.changes.count == 1)
  }
}
