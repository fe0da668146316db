import Foundation
import Testing

@Suite struct `Tap` {
  private let recording = Recording()

  // MARK: The wire

  @Test func `passes bytes on as they are, whatever they are`() throws {
    let run = try recording.tap(
      """
      head -c 3000000 /dev/urandom > $D/in
      mcp-sidecar tap -- cat < $D/in > $D/out && cmp $D/in $D/out && echo same
      """
    )
    #expect(run.text == "same\n")
  }

  @Test func `answers at once, a message at a time`() throws {
    let run = try recording.tap(
      """
      coproc TAP { mcp-sidecar tap -- $RAW echo; }
      for i in 1 2 3; do
        echo '\(TapMessages.call(1))' >&${TAP[1]}
        read -r answer <&${TAP[0]} && echo "$answer"
      done
      exec {TAP[1]}>&-; wait $TAP_PID; echo $?
      """
    )
    #expect(run.lines.count == 4)
    #expect(run.lines.last == "0")
  }

  @Test func `passes on the end of the input, then what the server still says`() throws {
    let run = try recording.tap(
      "echo one | mcp-sidecar tap -- sh -c 'cat; echo two; exit 3'; echo $?"
    )
    #expect(run.lines == ["one", "two", "3"])
  }

  @Test func `passes on the end of the output while the server goes on`() throws {
    let run = try recording.tap(
      """
      mkfifo $D/go
      mcp-sidecar tap -- sh -c 'exec >&-; cat $D/go >/dev/null; exit 5' | { cat; echo end > $D/go; }
      echo ${PIPESTATUS[0]}
      """
    )
    #expect(run.text == "5\n")
  }

  @Test func `leaves standard error alone`() throws {
    let run = try recording.tap("mcp-sidecar tap -- sh -c 'echo note >&2' < /dev/null")
    #expect(run.messages == "note\n")
    #expect(run.text == "")
  }

  @Test(arguments: [("nosuchserver", 127), ("$D/plain", 126), ("", 125)])
  func `has its own failures`(command: String, status: Int) throws {
    let run = try recording.tap("echo > $D/plain; mcp-sidecar tap \(command) < /dev/null; echo $?")
    #expect(run.text == "\(status)\n")
  }

  @Test func `ends as the server does, by a signal too`() throws {
    let run = try recording.tap("mcp-sidecar tap -- sh -c 'kill -9 $$' < /dev/null; echo $?")
    #expect(run.text == "137\n")
  }

  @Test func `lets a server that never reads hold up its client only`() throws {
    let run = try recording.tap(
      """
      yes '\(TapMessages.call(1))' | mcp-sidecar tap -- $RAW deaf > $D/out & P=$!
      until grep -q ready $D/out; do sleep 0.02; done
      kill -TERM $P; wait $P; echo $?
      """
    )
    #expect(run.text == "143\n")
  }

  // MARK: What is recorded

  @Test func `records a call with its duration`() throws {
    _ = try recording.tap(
      "echo '\(TapMessages.call(7, #"{"a":"b"}"#))' | mcp-sidecar tap --name files -- $RAW echo"
    )
    let rows = try recording.rows(
      """
      SELECT tool_name, server_name, outcome, duration_us BETWEEN 1 AND 60000000,
        json_extract(metadata, '$.arguments.a') FROM mcp_events
      """
    )
    #expect(rows == ["echo|files|ok|1|b"])
  }

  @Test func `makes one instance for all servers of a client`() throws {
    _ = try recording.tap(
      """
      for i in 1 2; do echo '\(TapMessages.call(7))' | mcp-sidecar tap -- $RAW echo; done
      echo $$ > $D/shell
      """
    )
    let shell = try String(contentsOfFile: recording.folder + "/shell", encoding: .utf8)
    let rows = try recording.rows("SELECT claude_pid, event_count, id LIKE 'tap-%' FROM instances")
    #expect(rows == ["\(shell.trimmingCharacters(in: .whitespacesAndNewlines))|2|1"])
  }

  @Test func `records for the run around it, though the client hides that`() throws {
    _ = try recording.tap(
      """
      mcp-sidecar run --instance outer -- sh -c \
        "echo '\(TapMessages.call(7).replacing("\"", with: "\\\""))' | env -i PATH=\\"$PATH\\" mcp-sidecar tap -- $RAW echo" | cat
      """
    )
    #expect(
      try recording.rows("SELECT instance_id FROM mcp_events WHERE tool_name = 'echo'") == ["outer"]
    )
  }

  @Test func `records for the instance whose process started it`() throws {
    _ = try recording.tap(
      """
      echo '{"kind":"instance","id":"orchestrated","claude_pid":'$$'}' | mcp-sidecar --summary none
      echo '\(TapMessages.call(7))' | mcp-sidecar tap -- $RAW echo
      """
    )
    #expect(try recording.rows("SELECT instance_id FROM mcp_events") == ["orchestrated"])
  }

  @Test func `records a long message whole`() throws {
    let run = try recording.tap(
      """
      python3 -c 'import json; print(json.dumps({"jsonrpc":"2.0","id":1,"method":"tools/call",
        "params":{"name":"big","arguments":{"text":"z" * 10000000}}}))' > $D/in
      mcp-sidecar tap -- $RAW echo < $D/in | wc -c
      """
    )
    #expect((Int(run.text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0) > 10_000_000)
    let rows = try recording.rows(
      "SELECT tool_name, outcome, json_extract(metadata, '$.result.bytes') > 10000000 FROM mcp_events"
    )
    #expect(rows == ["big|ok|1"])
  }

  // MARK: When something breaks

  @Test func `records the calls of a server that is killed`() throws {
    let calls = (1...3).map { TapMessages.call($0) + "\\n" }.joined()
    let run = try recording.tap(
      """
      mkfifo $D/in
      mcp-sidecar tap -- $RAW die 2 < $D/in > $D/out & P=$!
      exec 5> $D/in
      printf '\(calls)' >&5
      wait $P; echo $?; wc -l < $D/out
      """
    )
    #expect(run.text == "137\n2\n")
    let rows = try recording.rows("SELECT tool_name, outcome FROM mcp_events ORDER BY id")
    #expect(rows.prefix(2) == ["echo|ok", "echo|ok"])
    #expect(rows.contains("tap.server_ended|error"))
  }

  @Test func `tells the server when it is killed itself`() throws {
    let run = try recording.tap(
      """
      mkfifo $D/in
      mcp-sidecar tap -- sh -c 'echo $$ > $D/pid; exec sleep 1000' < $D/in > $D/out & P=$!
      exec 5> $D/in
      until test -s $D/pid; do sleep 0.02; done
      kill -KILL $P; wait $P; echo $?
      while kill -0 $(cat $D/pid) 2>/dev/null && ! grep -q 'State:.Z' /proc/$(cat $D/pid)/status
      do sleep 0.02; done; echo ended
      """
    )
    #expect(run.text == "137\nended\n")
  }

  @Test func `ends with its server when the client is killed`() throws {
    let run = try recording.tap(
      """
      { echo '\(TapMessages.call(1))'; exec sleep 1000; } | {
        mcp-sidecar tap -- $RAW echo > $D/out; echo $?; } & P=$!
      until test -s $D/out; do sleep 0.02; done
      pkill -KILL -P $$ sleep; wait $P
      """
    )
    #expect(run.text == "0\n")
    #expect(try recording.rows("SELECT outcome FROM mcp_events") == ["ok"])
  }

  @Test func `survives a flood`() throws {
    let run = try recording.tap(
      """
      echo '\(TapMessages.call(1))' | mcp-sidecar tap -- $RAW flood 20000 | wc -l
      """
    )
    #expect(run.text == "20001\n")
    // The last call is recorded, or the loss is.
    let rows = try recording.rows("SELECT tool_name FROM mcp_events")
    #expect(rows.contains("echo") || rows.contains("tap.dropped"))
  }

  @Test func `minds no database that is locked`() throws {
    let run = try recording.tap(
      """
      echo '{"instance_id":"a","tool_name":"t","success":true}' | mcp-sidecar --summary none
      coproc LOCK { python3 -c 'import sqlite3, sys
      base = sqlite3.connect(sys.argv[1], isolation_level=None)
      base.execute("BEGIN IMMEDIATE")
      print("locked", flush=True)
      sys.stdin.read()' $MCP_SIDECAR_DB; }
      read -u ${LOCK[0]}
      echo '\(TapMessages.call(1))' | mcp-sidecar tap -- $RAW echo | wc -l
      exec {LOCK[1]}>&-
      wait
      echo | mcp-sidecar --summary none
      """
    )
    #expect(run.text == "1\n")
    #expect(
      try recording.rows("SELECT tool_name, outcome FROM mcp_events ORDER BY id")
        == ["t|ok", "echo|ok"]
    )
  }
}
