import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `What is kept of a call` {
  private func call(_ level: CaptureLevel, arguments: Int, result: Int) throws -> RecordedEvent {
    let input = #"{"command":"\#(String(repeating: "x", count: arguments))"}"#
    let output = "\"" + String(repeating: "é", count: result / 2) + "\""
    let recording = Recording([
      Lines.claudeCall("a", "Bash", input), Lines.claudeResult("a", output),
    ]) { $0.capture = level }
    return try #require(recording.calls.first)
  }

  @Test func `are arguments and the beginning of the result, with its length and digest`() throws {
    let call = try call(.args, arguments: 100, result: 10_000)
    #expect(call["arguments"]?["command"]?.string?.count == 100)
    #expect(call["result"]?["text"]?.string == String(repeating: "é", count: 2048))
    #expect(call["result"]?["bytes"]?.integer == 10_000)
    #expect(call["result"]?["sha256"]?.string?.count == 64)
  }

  @Test func `are the beginning of long arguments, with their length and digest`() throws {
    let call = try call(.args, arguments: 100_000, result: 2)
    let text = try #require(call["arguments"]?.string)
    #expect(text.utf8.count < 65_600)
    #expect(text.hasPrefix(#"{"command":"xxx"#))
    #expect(text.hasSuffix("… [+34478 bytes]"))
    #expect(call["arguments_bytes"]?.integer == 100_014)
    #expect(call["arguments_sha256"]?.string?.count == 64)
  }

  @Test func `are no contents at all if only names are wanted`() throws {
    let call = try call(.names, arguments: 100, result: 100)
    #expect(call["arguments"] == nil)
    #expect(call["result"]?["text"] == nil)
    #expect(call["result"]?["bytes"]?.integer == 100)
  }

  @Test func `is everything if everything is wanted`() throws {
    let call = try call(.all, arguments: 100_000, result: 10_000)
    #expect(call["arguments"]?["command"]?.string?.count == 100_000)
    #expect(call["result"]?["text"]?.string?.utf8.count == 10_000)
  }

  @Test func `are error messages of at most 4 KiB`() throws {
    let text = String(repeating: "€", count: 5000)
    let recording = Recording([Lines.claudeResult("a", "\"  \(text)\"", isError: true)])
    let message = try #require(recording.calls.first?.error)
    #expect(message.hasPrefix("€€€"))
    #expect(message.hasSuffix("€… [+10905 bytes]"))
    #expect(message.utf8.count < 4096 + 32)
  }

  @Test(
    arguments: [
      (#"{"file_path":"/a","old_string":"x"}"#, ["/a"]),
      (#"{"paths":["/a","/b","/a"]}"#, ["/a", "/b"]),
      (#"{"path":"https://x.org/a"}"#, []), (#"{"uri":"x"}"#, []), (#"{"path":7}"#, []),
      (#"{"source":"/a","destination":"file:///b"}"#, ["/a", "/b"]),
      (#"{"edits":[{"path":"/a"},{"path":"/b"}]}"#, ["/a", "/b"]),
      (#"{"input":"*** Begin Patch\n*** Update File: a.c\n*** Move to: b.c\n"}"#, ["a.c", "b.c"]),
    ]
  )
  func `are the paths it touched`(input: String, paths: [String]) {
    let recording = Recording([Lines.claudeCall("a", "Edit", input), Lines.claudeResult("a")])
    #expect(recording.calls[0]["paths"]?.elements.compactMap(\.string) ?? [] == paths)
  }

  @Test(
    arguments: [
      ("Read", ToolKind.read), ("mcp__fs__read_file", .read), ("read_file", .read),
      ("Bash", .execute),
      ("command_execution", .execute), ("MultiEdit", .edit), ("apply_patch", .edit),
      ("Grep", .search),
      ("WebFetch", .fetch), ("google_web_search", .fetch), ("TodoWrite", .think), ("Agent", .think),
      ("mcp__github__create_issue", .edit), ("mcp__github__delete_file", .delete),
      ("mcp__x__rename-all", .move), ("mcp__x__frobnicate", .other), ("BrandNew", .other),
    ]
  )
  func `is what kind of tool it was`(name: String, kind: ToolKind) {
    #expect(ToolName.doubleUnderscored(name).kind == kind)
  }
}
