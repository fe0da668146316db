import MCPEvents
import Testing

@testable import MCPAdapters

@Suite struct `MCP messages` {
  @Test func `pair parallel calls, and tell a number from a text as id`() {
    let recording = Recording([
      Lines.mcpCall("0", "zero"), Lines.mcpCall("\"0\"", "text"),
      Lines.mcpResult("\"0\"", extra: #","isError":true"#), Lines.mcpResult("0"),
    ])
    #expect(recording.calls.map(\.tool) == ["text", "zero"])
    #expect(recording.calls.map(\.call) == ["\"0\"", "0"])
    #expect(recording.calls.map(\.outcome) == [.error, .ok])
    #expect(recording.calls[0]["error_type"]?.string == "tool_error")
  }

  @Test(
    arguments: [
      ("-32603", Outcome.error), ("-32001", .timeout), ("-32042", .inputRequired),
    ]
  )
  func `tell protocol errors`(code: String, outcome: Outcome) {
    let error = #"{"jsonrpc":"2.0","id":1,"error":{"code":\#(code),"message":"no"}}"#
    let recording = Recording([Lines.mcpCall("1"), error])
    #expect(recording.calls.map(\.outcome) == [outcome])
    #expect(recording.calls.map(\.error) == ["no"])
    #expect(recording.calls[0]["error_type"]?.string == code)
  }

  @Test func `name the server, in either era`() {
    let old = [
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","clientInfo":{"name":"c"}}}"#,
      #"{"jsonrpc":"2.0","id":1,"result":{"serverInfo":{"name":"files"},"protocolVersion":"2025-11-25"}}"#,
      Lines.mcpCall("2"), Lines.mcpResult("2"),
    ]
    let modern = [
      Lines.mcpCall("1"),
      Lines.mcpResult(
        "1",
        extra: #","_meta":{"io.modelcontextprotocol/serverInfo":{"name":"files"}}"#
      ),
    ]
    #expect(Recording(old).calls.map(\.server) == ["files"])
    #expect(Recording(modern).calls.map(\.server) == ["files"])
    #expect(Recording(old) { $0.serverName = "mine" }.calls.map(\.server) == ["mine"])
    #expect(Recording(old).calls[0]["protocol_version"]?.string == "2025-11-25")
  }

  @Test func `count progress`() {
    let progress =
      #"{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"p"}}"#
    let recording = Recording([
      Lines.mcpCall("1", meta: #"{"progressToken":"p"}"#), progress, progress, Lines.mcpResult("1"),
    ])
    #expect(recording.calls[0]["progress_count"]?.integer == 2)
    #expect(recording.ignored == 2)
  }

  private static let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#

  @Test(arguments: [[Lines.mcpCall("1"), ping], [ping, Lines.mcpCall("1")]])
  func `keep a call and a ping of the other side apart that have one id`(requests: [String]) {
    let empty = #"{"jsonrpc":"2.0","id":1,"result":{}}"#
    let responses = [empty, Lines.mcpResult("1", extra: #","isError":true"#)]
    for responses in [responses, responses.reversed()] {
      #expect(Recording(requests + responses).calls.map(\.outcome) == [.error])
    }
  }

  @Test func `give an error to the request that came last, where both sides have asked`() {
    let recording = Recording([
      Lines.mcpCall("5"),
      #"{"jsonrpc":"2.0","id":5,"method":"elicitation/create","params":{"message":"sure?"}}"#,
      #"{"jsonrpc":"2.0","id":5,"error":{"code":-32601,"message":"Method not found"}}"#,
      Lines.mcpResult("5"),
    ])
    #expect(recording.calls.map(\.tool) == ["elicitation/create", "echo"])
    #expect(recording.calls.map(\.outcome) == [.error, .ok])
  }

  @Test func `leave a call cancelled that ends with an error then`() {
    let recording = Recording([
      Lines.mcpCall("1"),
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#,
      #"{"jsonrpc":"2.0","id":1,"error":{"code":0,"message":"Request cancelled"}}"#,
    ])
    #expect(recording.calls.map(\.outcome) == [.cancelled])
  }

  @Test func `tell a cancelled call, and its answer should it come after all`() {
    let cancel =
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"enough"}}"#
    let recording = Recording([
      Lines.mcpCall("1"), cancel, Lines.mcpResult("1"), Lines.mcpResult("1"),
    ])
    #expect(recording.calls.map(\.outcome) == [.cancelled, .ok])
    #expect(recording.calls.map(\.error) == ["enough", nil])
    #expect(recording.calls[1].superseded == recording.calls[0].uid)
  }

  @Test(arguments: [("completed", Outcome.ok), ("failed", .error), ("cancelled", .cancelled)])
  func `follow a call that becomes a task`(status: String, outcome: Outcome) {
    let recording = Recording([
      Lines.mcpCall("1"),
      #"{"jsonrpc":"2.0","id":1,"result":{"task":{"taskId":"k","status":"working"}}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/tasks/status","params":{"taskId":"k","status":"\#(status)"}}"#,
    ])
    #expect(recording.calls.map(\.outcome) == [.incomplete, outcome])
    #expect(recording.calls[1]["task_id"]?.string == "k")
  }

  @Test func `take a task's result from the answer to the request for it`() {
    let recording = Recording([
      Lines.mcpCall("1"),
      #"{"jsonrpc":"2.0","id":1,"result":{"task":{"taskId":"k","status":"working"}}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"tasks/result","params":{"taskId":"k"}}"#,
      Lines.mcpResult("2", extra: #","isError":true"#),
    ])
    #expect(recording.calls.map(\.outcome) == [.incomplete, .error])
    #expect(recording.calls.map(\.call) == ["1", "1"])
  }

  @Test func `tell a call that waits for input from its repetition`() {
    let recording = Recording([
      Lines.mcpCall("1"),
      #"{"jsonrpc":"2.0","id":1,"result":{"resultType":"input_required","requestState":"abc"}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"echo","requestState":"abc"}}"#,
      Lines.mcpResult("2"),
    ])
    #expect(recording.calls.map(\.outcome) == [.inputRequired, .ok])
    #expect(recording.calls[0]["request_state"]?.string == "abc")
    #expect(recording.calls[1]["continues"]?.string == "abc")
  }

  @Test func `keep apart the same id of both sides`() {
    let ask = #"{"jsonrpc":"2.0","id":1,"method":"sampling/createMessage","params":{"x":1}}"#
    let answer = #"{"jsonrpc":"2.0","id":1,"result":{"role":"assistant","model":"m","content":{}}}"#
    let recording = Recording([Lines.mcpCall("1"), ask, answer, Lines.mcpResult("1")])
    #expect(recording.calls.map(\.tool) == ["sampling/createMessage", "echo"])
    #expect(recording.calls.map(\.outcome) == [.ok, .ok])
  }

  @Test func `of a tap have directions and times`() {
    let ask = #"{"jsonrpc":"2.0","id":1,"method":"roots/list"}"#
    let answer = #"{"jsonrpc":"2.0","id":1,"result":{"roots":[]}}"#
    let recording = Recording([
      Lines.tap("c2s", Lines.mcpCall("1"), at: 1_795_000_000_000),
      Lines.tap("s2c", ask, at: 1_795_000_000_100), Lines.tap("c2s", answer, at: 1_795_000_000_200),
      Lines.tap("s2c", Lines.mcpResult("1"), at: 1_795_000_000_900),
      Lines.tap("s2c", "npm warn: no JSON", at: 1_795_000_000_950),
    ])
    #expect(recording.calls.map(\.tool) == ["roots/list", "echo"])
    #expect(recording.calls.map(\.duration) == [100_000, 900_000])
    #expect(recording.ignored == 1)
  }

  @Test func `of a tap may have times in microseconds`() {
    func tap(_ direction: String, _ raw: String, _ time: Int64) -> String {
      Lines.tap(direction, raw, at: 0).dropLast() + ",\"ts_us\":\(time)}"
    }
    let recording = Recording([
      tap("c2s", Lines.mcpCall("1"), 1_795_000_000_000_100),
      tap("s2c", Lines.mcpResult("1"), 1_795_000_000_000_350),
    ])
    #expect(recording.calls.map(\.duration) == [250])
  }

  @Test func `come in batches, too`() {
    let recording = Recording([
      "[" + Lines.mcpCall("1", "a") + "," + Lines.mcpCall("2", "b") + "]",
      "[" + Lines.mcpResult("2") + "," + Lines.mcpResult("1") + "]",
    ])
    #expect(recording.calls.map(\.tool) == ["b", "a"])
    #expect(recording.batch.events.lines.count == 2)
  }

  @Test func `say what agents call the call`() {
    let id = "toolu_01JuvmJubaYKvhVscQTbaJV6"
    let claude = Lines.mcpCall("1", meta: #"{"claudecode/toolUseId":"\#(id)"}"#)
    let codex = Lines.mcpCall(
      "2",
      meta: """
        {"callId":"call_1","threadId":"t1","x-codex-turn-metadata":{"workspaces":{"/w":\
        {"latest_git_commit_hash":"abc"}}}}
        """
    )
    let recording = Recording([claude, codex, Lines.mcpResult("1"), Lines.mcpResult("2")])
    #expect(recording.calls.map(\.uid) == ["claude:any:\(id)", "codex:t1:call_1"])
    #expect(recording.calls.map(\.commit) == [nil, "abc"])
    #expect(recording.calls.map(\.session) == [nil, "t1"])
  }

  @Test func `that are only about the connection are no calls`() {
    let recording = Recording([
      #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#,
      #"{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"ping"}"#, #"{"jsonrpc":"2.0","id":2,"result":{}}"#,
      #"{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"Parse error"}}"#,
    ])
    #expect(recording.ignored == 5)
  }

  @Test func `tell a failed handshake`() {
    let recording = Recording([
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}"#,
      #"{"jsonrpc":"2.0","id":1,"error":{"code":-32600,"message":"no"}}"#,
    ])
    #expect(recording.calls.map(\.tool) == ["initialize"])
    #expect(recording.calls.map(\.outcome) == [.error])
  }

  @Test func `that reuse an open id leave the old call without an answer`() {
    let recording = Recording([
      Lines.mcpCall("1", "a"), Lines.mcpCall("1", "b"), Lines.mcpResult("1"),
    ])
    #expect(recording.calls.map(\.tool) == ["a", "b"])
    #expect(recording.calls.map(\.outcome) == [.incomplete, .ok])
  }

  @Test func `that reuse an id after its answer are new calls`() {
    let recording = Recording([
      Lines.mcpCall("1"), Lines.mcpResult("1"), Lines.mcpCall("1"), Lines.mcpResult("1"),
    ])
    #expect(Set(recording.calls.map(\.uid)).count == 2)
  }

  @Test func `end a task when the answer to a question for its state says so`() {
    let recording = Recording([
      Lines.mcpCall("1"),
      #"{"jsonrpc":"2.0","id":1,"result":{"resultType":"task","taskId":"k","status":"working"}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"tasks/get","params":{"taskId":"k"}}"#,
      #"{"jsonrpc":"2.0","id":2,"result":{"taskId":"k","status":"working"}}"#,
      #"{"jsonrpc":"2.0","id":3,"method":"tasks/get","params":{"taskId":"k"}}"#,
      #"{"jsonrpc":"2.0","id":3,"result":{"taskId":"k","status":"failed","statusMessage":"no disk"}}"#,
    ])
    #expect(recording.calls.map(\.outcome) == [.incomplete, .error])
    #expect(recording.calls[1].error == "no disk")
  }

  @Test func `of a task that has ended correct how it ended`() {
    let recording = Recording([
      Lines.mcpCall("1"),
      #"{"jsonrpc":"2.0","id":1,"result":{"task":{"taskId":"k","status":"working"}}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/tasks/status","params":{"taskId":"k","status":"completed"}}"#,
      #"{"jsonrpc":"2.0","id":2,"method":"tasks/result","params":{"taskId":"k"}}"#,
      Lines.mcpResult("2", extra: #","isError":true"#),
    ])
    #expect(recording.calls.map(\.outcome) == [.incomplete, .ok, .error])
    #expect(recording.calls[2].superseded == recording.calls[1].uid)
    #expect(recording.calls[2]["result"]?["text"]?.string == "hi")
  }

  @Test func `of a tap are mended`() {
    let answer = Lines.mcpResult("1").split(separator: "hi").joined(separator: #"\ud83d"#)
    let recording = Recording([
      Lines.tap("c2s", Lines.mcpCall("1"), at: 1), Lines.tap("s2c", answer, at: 2),
    ])
    #expect(recording.calls.map(\.outcome) == [.ok])
    #expect(recording.calls[0]["result"]?["text"]?.string == "\u{FFFD}")
  }

  @Test func `may come from a client of either era, and from a server`() {
    let recording = Recording([
      Lines.tap(
        "c2s",
        #"{"jsonrpc":"2.0","id":0,"method":"server/discover","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"c","version":"9"}}}}"#,
        at: 1
      ),
      Lines.tap("s2c", #"{"jsonrpc":"2.0","id":0,"error":{"code":-32601,"message":"no"}}"#, at: 2),
      Lines.tap(
        "s2c",
        #"{"jsonrpc":"2.0","id":0,"method":"elicitation/create","params":{"message":"?"}}"#,
        at: 3
      ),
      Lines.tap("c2s", #"{"jsonrpc":"2.0","id":0,"result":{"action":"decline"}}"#, at: 4),
      Lines.tap(
        "c2s",
        #"{"jsonrpc":"2.0","id":1,"method":"resources/read","params":{"uri":"file:///a"}}"#,
        at: 5
      ),
      Lines.tap("s2c", #"{"jsonrpc":"2.0","id":1,"result":{"contents":[]}}"#, at: 6),
    ])
    #expect(
      recording.calls.map(\.tool) == ["server/discover", "elicitation/create", "resources/read"]
    )
    #expect(recording.calls.map(\.outcome) == [.error, .ok, .ok])
    #expect(recording.calls[2]["protocol_version"]?.string == "2026-07-28")
    let client = recording.patches.compactMap { $0.text("metadata") }
    #expect(client == [#"{"mcp_client":"c","mcp_client_version":"9"}"#])
  }
}
