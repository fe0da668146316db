import Testing

@Suite struct `Signals of a run` {
  private let recording = Recording()

  /// A command that notes its signals, and ends when it is told to by USR2.
  private static let listener = """
    trap "echo TERM >> $D/got" TERM; trap "echo USR1 >> $D/got" USR1
    trap "echo HUP >> $D/got" HUP; trap "exit 9" USR2
    touch $D/got $D/ready; while :; do sleep 0.02; done
    """

  private func script(_ deeds: String) -> String {
    """
    setsid mcp-sidecar run -- sh -c '\(Self.listener)' > $D/out & P=$!
    until test -e $D/ready; do sleep 0.02; done
    \(deeds)
    # What was sent before is decided on before this arrives.
    kill -USR1 $P; until grep -q USR1 $D/got; do sleep 0.02; done
    kill -USR2 $P; wait $P; echo $?; cat $D/got
    """
  }

  @Test func `that were sent to it alone reach the command`() throws {
    let run = try recording.shell(script("kill -TERM $P; kill -HUP $P"))
    #expect(run.lines.first == "9")
    #expect(run.lines.dropFirst().sorted() == ["HUP", "TERM", "USR1"])
  }

  @Test func `that were sent to the whole group reach the command once`() throws {
    let run = try recording.shell(script("kill -TERM -- -$P; kill -HUP -- -$P"))
    #expect(run.lines.first == "9")
    #expect(run.lines.dropFirst().sorted() == ["HUP", "TERM", "USR1"])
  }

  @Test func `that were sent to both, one after the other, reach the command once`() throws {
    let deeds = "kill -TERM $P; kill -TERM -- -$P; until grep -q TERM $D/got; do sleep 0.02; done"
    let run = try recording.shell(script(deeds))
    #expect(run.lines.dropFirst().sorted() == ["TERM", "USR1"])
  }

  @Test func `end the command, and it with the same`() throws {
    let run = try recording.shell(
      """
      setsid mcp-sidecar run -- sh -c 'touch $D/ready; exec sleep 1000' > $D/out & P=$!
      until test -e $D/ready; do sleep 0.02; done
      kill -TERM $P; wait $P; echo $?
      """
    )
    #expect(run.text == "143\n")
    #expect(
      try recording.rows("SELECT outcome FROM mcp_events WHERE status_change = 'terminated'")
        == ["cancelled"]
    )
  }

  @Test func `that it was started to ignore stay ignored`() throws {
    let run = try recording.shell(
      """
      nohup setsid mcp-sidecar run -- sh -c 'touch $D/ready; until test -e $D/end; do sleep 0.02; done
      exit 6' > $D/out 2>&1 & P=$!
      until test -e $D/ready; do sleep 0.02; done
      kill -HUP -- -$P; touch $D/end; wait $P; echo $?
      """
    )
    #expect(run.text == "6\n")
  }

  @Test func `leave nothing behind when it is killed`() throws {
    let run = try recording.shell(
      """
      setsid mcp-sidecar run -- sh -c 'echo $$ > $D/pid; exec sleep 1000' > $D/out & P=$!
      until test -s $D/pid; do sleep 0.02; done
      kill -KILL $P; wait $P; echo $?; kill -KILL $(cat $D/pid)
      until ! pgrep -g $P > $D/left; do sleep 0.02; done
      """
    )
    #expect(run.text == "137\n")
    #expect(run.status == 0)
  }
}
