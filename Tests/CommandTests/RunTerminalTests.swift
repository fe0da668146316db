import Foundation
import Testing

/// A terminal that a test types into, with a shell in it.
private final class Terminal {
  static let isThere = (try? QueryRun("/usr/bin/env", ["tmux", "-V"]))?.status == 0

  private let recording: Recording
  private let socket = "mcp-\(UInt64.random(in: 0 ... .max))"

  /// Opens a terminal whose shell has the programs in its `PATH`.
  init(_ recording: Recording) throws {
    self.recording = recording
    let shell = "exec env PS1='ready> ' bash --norc --noprofile"
    let run = try QueryRun(
      plainly: ["tmux", "-L", socket, "-f", "/dev/null", "new-session", "-d", "-s", "work"]
        + ["-x", "100", "-y", "30", shell],
      environment: ["MCP_SIDECAR_DB": recording.database, "D": recording.folder, "TERM": "xterm"]
    )
    try #require(run.status == 0, "\(run.messages)")
    try wait(for: "ready>")
  }

  deinit { try? close() }

  func close() throws {
    _ = try QueryRun("/usr/bin/env", ["tmux", "-L", socket, "kill-server"])
  }

  /// Types keys, in the words of `tmux send-keys`.
  func type(_ keys: String...) throws {
    _ = try QueryRun("/usr/bin/env", ["tmux", "-L", socket, "send-keys", "-t", "work"] + keys)
  }

  /// Types a line.
  ///
  /// Before typing into a command, wait until it says something: what arrives while the shell
  /// still reads its own line in raw mode reaches the command without an end of line.
  func enter(_ line: String) throws {
    try type("-l", line)
    try type("Enter")
  }

  /// Lets the stopped command go on in the foreground, and waits until the shell has said so.
  func foreground() throws {
    try enter("fg")
    try wait(for: "fg\nmcp-sidecar run")
  }

  /// Waits for the end of the command, and for what it ends with.
  func wait(forStatus status: Int) throws {
    try enter("echo status=$?")
    try wait(for: "status=\(status)")
  }

  /// What is on the screen, without its empty lines.
  var screen: String {
    get throws {
      let run = try QueryRun(
        "/usr/bin/env",
        ["tmux", "-L", socket, "capture-pane", "-p", "-J", "-t", "work"]
      )
      return run.lines.filter { !$0.isEmpty }.joined(separator: "\n")
    }
  }

  /// Waits until something is on the screen.
  func wait(for text: String) throws {
    let isThere = try eventually { try screen.contains(text) }
    if !isThere { Issue.record("'\(text)' is not on the screen:\n\(try screen)") }
  }

  /// Waits until a file in the directory exists.
  func waitForFile(_ name: String) {
    #expect(eventually { FileManager.default.fileExists(atPath: recording.folder + "/" + name) })
  }
}

@Suite(.enabled(if: Terminal.isThere, "tmux is not installed"))
struct `Run in a terminal` {
  private let recording = Recording()

  @Test func `gives the command the terminal itself`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter("mcp-sidecar run -- sh -c 'test -t 0 && test -t 1 && stty size; echo s=$?'")
    try terminal.wait(for: "30 100\ns=0")
    try terminal.enter("echo t=$?")
    try terminal.wait(for: "t=0")
    #expect(try recording.rows("SELECT tmux_session, name FROM instances") == ["work|work"])
  }

  @Test func `ends with the command at Ctrl-C`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter("mcp-sidecar run -- sh -c 'echo go; exec sleep 1000'")
    try terminal.wait(for: "\ngo")
    try terminal.type("C-c")
    try terminal.wait(forStatus: 130)
  }

  @Test func `does not end at a Ctrl-C that the command minds itself`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter(
      "mcp-sidecar run -- bash -c 'trap \"echo interrupted\" INT; echo go; read x; echo x=$x'"
    )
    try terminal.wait(for: "\ngo")
    try terminal.type("C-c")
    try terminal.wait(for: "^Cinterrupted")
    try terminal.enter("more")
    try terminal.wait(for: "x=more")
    try terminal.wait(forStatus: 0)
    #expect(try terminal.screen.split(separator: "interrupted").count == 3)
  }

  @Test func `a Ctrl-C stops the script around it`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter(
      "bash -c 'for i in 1 2 3; do mcp-sidecar run -- sh -c \"echo go; exec sleep 1000\"; done'"
    )
    try terminal.wait(for: "\ngo")
    try terminal.type("C-c")
    try terminal.wait(forStatus: 130)
    #expect(try recording.rows("SELECT count(*) FROM instances") == ["1"])
  }

  @Test func `stops at Ctrl-Z and goes on in the foreground`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter("mcp-sidecar run -- sh -c 'echo go; exec cat'")
    try terminal.wait(for: "\ngo")
    try terminal.enter("one")
    try terminal.wait(for: "one\none")
    try terminal.type("C-z")
    try terminal.wait(for: "Stopped")
    try terminal.enter("jobs -s | wc -l; echo and")
    try terminal.wait(for: "1\nand")
    try terminal.foreground()
    try terminal.enter("two")
    try terminal.wait(for: "two\ntwo")
    try terminal.type("C-d")
    try terminal.wait(forStatus: 0)
  }

  @Test func `stops with a command that stops itself`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter("mcp-sidecar run -- sh -c 'kill -STOP $$; echo on again'")
    try terminal.wait(for: "Stopped")
    try terminal.foreground()
    try terminal.wait(for: "\non again")
    try terminal.wait(forStatus: 0)
  }

  @Test func `stops as a whole pipeline, and goes on in the background`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter("mcp-sidecar run -- sh -c 'echo go; read x; echo x=$x' | cat")
    try terminal.wait(for: "\ngo")
    try terminal.type("C-z")
    try terminal.wait(for: "Stopped")
    try terminal.foreground()
    try terminal.enter("more")
    try terminal.wait(for: "x=more")
    try terminal.wait(forStatus: 0)
  }

  @Test func `shows a full-screen program as it is`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter("seq 5000 > $D/numbers; mcp-sidecar run -- less $D/numbers")
    try terminal.wait(for: "\n20\n21")
    try terminal.type("G")
    try terminal.wait(for: "5000")
    try terminal.type("C-z")
    try terminal.wait(for: "Stopped")
    try terminal.enter("fg")
    try terminal.type("g")
    try terminal.wait(for: "1\n2\n3\n4")
    try terminal.type("q")
    try terminal.wait(forStatus: 0)
  }

  @Test func `lets a command ask for a password`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter(
      "echo input | mcp-sidecar run -- bash -c 'read -s -p Password: x </dev/tty; echo \"got $x\"' | cat"
    )
    try terminal.wait(for: "Password:")
    try terminal.enter("secret")
    try terminal.wait(for: "got secret")
    try terminal.wait(forStatus: 0)
    #expect(try !terminal.screen.contains("Password:secret"))
  }

  @Test func `gives way to a shell with jobs of its own`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter("PS1='inner> ' mcp-sidecar run -- bash --norc --noprofile")
    try terminal.wait(for: "\ninner>")
    try terminal.enter("sh -c 'echo up; exec sleep 1000'")
    try terminal.wait(for: "\nup")
    try terminal.type("C-z")
    try terminal.wait(for: "Stopped")
    try terminal.enter("kill -KILL %1")
    // By itself bash does not always notice that a stopped job was killed.
    try terminal.enter("fg")
    try terminal.wait(for: "Killed")
    try terminal.enter("exit 3")
    try terminal.wait(forStatus: 3)
  }

  @Test func `ends with the terminal`() throws {
    let terminal = try Terminal(recording)
    try terminal.enter(
      "mcp-sidecar run -- sh -c 'trap \"echo HUP >> $D/got; exit 1\" HUP; touch $D/ready; "
        + "while :; do sleep 0.05; done'"
    )
    terminal.waitForFile("ready")
    try terminal.close()
    terminal.waitForFile("got")
    let recorded = try eventually {
      try recording.rows("SELECT status FROM instances") == ["terminated"]
    }
    #expect(recorded)
    // The shell in the terminal passes the hangup on as well, so that it may come twice.
    let got = try String(contentsOfFile: recording.folder + "/got", encoding: .utf8)
    #expect(Set(got.split(separator: "\n")) == ["HUP"])
  }
}
