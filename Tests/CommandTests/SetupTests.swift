import Foundation
import Testing

@Suite struct `Setting up` {
  private static let claude = """
    {
        "model": "opus",
        "hooks": {
            "PreToolUse": [
                { "matcher": "Bash", "hooks": [ { "type": "command", "command": "true" } ] }
            ]
        },
        "env": { "API_TOKEN": "tok-5f2c9a81" }
    }

    """
  private static let servers =
    #"{"mcpServers":{"github":{"command":"npx","args":["-y","x"],"env":{"T":"tok-5f2c9a81"}},"#
    + #""bare":{"command":"srv"},"far":{"type":"http","url":"https://example.com"}}}"#

  /// A user of all agents that have hooks.
  private func home() throws -> AgentHome {
    try AgentHome([
      ".claude/settings.json": Self.claude, ".claude.json": Self.servers, ".codex/": "",
      ".gemini/": "",
    ])
  }

  @Test func `installs hooks through which events arrive`() throws {
    let home = try home()
    let run = try home.setup()
    #expect(run.status == 0, "\(run.text)\(run.messages)")
    #expect(run.text.matches(of: /: a test event arrived/).count == 3, "\(run.text)")
    let trials = try home.calls().filter { $0 == "setup.test mcp__mcp-sidecar__setup_test" }
    #expect(trials.count == 3)
    let outcomes = try home.shell("mcp-query events --failed")
    #expect(outcomes.status == 0 && outcomes.lines.isEmpty)
  }

  @Test func `leaves everything else in a file as it was`() throws {
    let home = try home()
    _ = try home.setup()
    let text = try home.read(".claude/settings.json")
    let whole = Self.claude.split(separator: "\n")
    #expect(text.hasPrefix(whole[...2].joined(separator: "\n")))
    #expect(text.hasSuffix(whole[6...].joined(separator: "\n") + "\n"))
    #expect(text.contains(whole[3...4].joined(separator: "\n")))
    #expect(try home.read(".claude.json") == Self.servers)
  }

  @Test func `does the same once, however often it is done`() throws {
    let home = try home()
    _ = try home.setup("--tap")
    let once = try home.tree
    let again = try home.setup("--tap")
    #expect(again.status == 0 && again.text.contains("nothing to do"))
    #expect(try home.tree == once)
  }

  @Test func `replaces the entries of a program that was moved`() throws {
    let home = try home()
    try home.link("old/mcp-sidecar")
    _ = try home.setup("--tap")
    let before = try home.read(".gemini/settings.json")
    try home.link("new place/mcp-sidecar")
    let run = try home.setup()
    #expect(run.status == 0 && run.text.contains("~ hooks: "), "\(run.text)")
    let after = try home.read(".gemini/settings.json")
    #expect(after == before.replacing("/old/", with: "/new place/"))
    #expect(try home.read(".claude.json").matches(of: #/new place\/mcp-sidecar/#).count == 2)
  }

  @Test func `is undone to the byte`() throws {
    let home = try home()
    let before = try home.tree
    _ = try home.setup("--tap")
    #expect(try home.tree != before)
    let run = try home.setup("--undo")
    #expect(run.status == 0, "\(run.messages)")
    #expect(try home.tree == before)
  }

  @Test func `is undone without what others have changed since`() throws {
    let home = try home()
    _ = try home.setup("--tap")
    for file in [".claude/settings.json", ".claude.json"] {
      let text = try home.read(file).replacing("opus", with: "sonnet").replacing(
        "npx",
        with: "pnpx"
      )
      try home.write(file, text)
    }
    let run = try home.setup("--undo")
    #expect(run.status == 0, "\(run.messages)")
    let settings = try home.read(".claude/settings.json")
    #expect(settings == Self.claude.replacing("opus", with: "sonnet"))
    #expect(try home.read(".claude.json") == Self.servers.replacing("npx", with: "pnpx"))
    #expect(try home.shell("find . -name '*backup*'").text.isEmpty)
  }

  @Test(arguments: [[], ["--tap"], ["--undo"]])
  func `writes nothing at all when it only shows what it would do`(arguments: [String]) throws {
    let home = try home()
    if arguments == ["--undo"] { _ = try home.setup() }
    let before = try home.shell("find . -printf '%P %T@ %s\\n'; cat .claude/*").text
    let run = try QueryRun(
      home.program,
      ["setup", "--dry-run"] + arguments,
      environment: ["HOME": home.path, "CLAUDE_CONFIG_DIR": "", "CODEX_HOME": ""]
    )
    #expect(
      run.status == 0 && run.text.contains("hooks: SessionStart") == (arguments != ["--undo"])
    )
    #expect(run.text.contains("settings.json"))
    #expect(try home.shell("find . -printf '%P %T@ %s\\n'; cat .claude/*").text == before)
  }

  @Test(arguments: [
    "{\n  // mine\n  \"a\": 1\n}", "{\"a\": ", "[]", "{\"hooks\": 7}", "\u{FEFF}{}",
  ])
  func `leaves a file alone that it cannot read, and goes on`(content: String) throws {
    let home = try AgentHome([".claude/settings.json": content, ".gemini/": ""])
    let run = try home.setup()
    #expect(run.status == 65, "\(run.text)")
    #expect(run.text.contains("left alone") && run.text.contains("\"PostToolUse\": ["))
    #expect(try home.read(".claude/settings.json") == content)
    #expect(try home.calls().contains("setup.test mcp__mcp-sidecar__setup_test"))
    #expect(try home.shell("find . -name '*backup*'").text.isEmpty)
  }

  @Test func `minds a file that has only servers if these are to be tapped`() throws {
    let home = try AgentHome([".claude/": "", ".cursor/mcp.json": "{ // mine\n}"])
    #expect(try home.setup().status == 0)
    #expect(try home.setup("--undo").status == 0)
    let run = try home.setup("--tap")
    #expect(run.status == 65 && run.text.contains("mcp-sidecar tap --"))
  }

  @Test func `never shows what is in a file`() throws {
    let home = try home()
    var said = ""
    for arguments in [["--tap", "--dry-run"], ["--tap"], ["--undo"]] {
      let run = try QueryRun(home.program, ["setup"] + arguments, environment: ["HOME": home.path])
      said += run.text + run.messages
    }
    #expect(said.contains("MCP server github") && !said.contains("tok-5f2c9a81"))
  }

  // MARK: Files of other kinds

  @Test func `keeps a link, the permissions and the owner's privacy`() throws {
    let home = try AgentHome(["dotfiles/claude.json": Self.claude, ".claude/": ""])
    _ = try home.shell(
      "chmod 640 dotfiles/claude.json; ln -s ../dotfiles/claude.json .claude/settings.json"
    )
    let before = try home.tree
    #expect(try home.setup().status == 0)
    #expect(try home.read("dotfiles/claude.json").contains("SessionEnd"))
    let modes = try home.shell("stat -c '%A' .claude/* dotfiles/*").lines
    #expect(modes == ["lrwxrwxrwx", "-rw-------", "-rw-r-----"])
    _ = try home.setup("--undo")
    #expect(try home.tree == before)
  }

  @Test(arguments: [
    "chmod 444 .claude/settings.json", "ln -sf /nowhere/x .claude/settings.json",
    "rm .claude/settings.json; mkdir .claude/settings.json",
    "rm .claude/settings.json; mkfifo .claude/settings.json",
  ])
  func `leaves a file alone that is not to be written`(change: String) throws {
    let home = try AgentHome([".claude/settings.json": Self.claude, ".codex/": ""])
    _ = try home.shell(change)
    let run = try home.setup()
    #expect([65, 66, 77].contains(run.status), "\(run.text)\(run.messages)")
    #expect(run.text.contains("Codex: a test event arrived"))
    #expect(try home.shell("find .claude -mindepth 1").lines == [".claude/settings.json"])
  }

  @Test func `names the program so that any shell finds it`() throws {
    let home = try AgentHome([".claude/": ""])
    try home.link("it's \"my\" $HOME\\ & co/mcp-sidecar")
    #expect(try home.setup().status == 0)
    #expect(try home.calls().first == "setup.test mcp__mcp-sidecar__setup_test")
  }

  @Test func `leaves hooks that do no harm when the program is gone`() throws {
    let home = try AgentHome([".claude/": ""])
    try home.link("bin/mcp-sidecar")
    _ = try home.setup()
    try FileManager.default.removeItem(atPath: home.program)
    let hooks = try #require(try home.object(".claude/settings.json")["hooks"] as? NSDictionary)
    let group = try #require((hooks["Stop"] as? [NSDictionary])?.first)
    let command = try #require((group["hooks"] as? [NSDictionary])?.first?["command"] as? String)
    let run = try QueryRun("/bin/sh", ["-c", command], input: Data("{}".utf8))
    #expect(run.status == 0 && run.text.isEmpty && run.messages.isEmpty)
  }

  // MARK: Where things are

  @Test func `says so when there is no agent`() throws {
    let home = try AgentHome()
    let run = try home.setup()
    #expect(run.status == 66 && run.messages.contains("/.codex"))
    #expect(try home.shell("find . -mindepth 1").text.isEmpty)
  }

  @Test func `has nothing to undo where nothing was set up`() throws {
    let home = try home()
    let before = try home.tree
    let run = try home.setup("--undo")
    #expect(run.status == 0 && run.text == "there is nothing to undo\n")
    #expect(try home.tree == before)
  }

  @Test func `says how to put the tap before Codex's servers, whose settings stay`() throws {
    let home = try AgentHome([
      ".codex/config.toml": "[mcp_servers.fs]\ncommand = \"npx\"\n[mcp_servers.fs.env]\nA = \"b\"\n"
    ])
    let before = try home.read(".codex/config.toml")
    let run = try home.setup("--tap")
    #expect(run.status == 0)
    #expect(run.text.contains("MCP servers fs; by hand:"))
    #expect(run.text.contains(#"args = ["tap", "--name=fs", "--", COMMAND, ARGUMENTS…]"#))
    #expect(try home.read(".codex/config.toml") == before)
  }

  @Test func `has nothing to undo in a damaged file that does not name it`() throws {
    let home = try AgentHome([".gemini/settings.json": "{ // mine\n}"])
    let run = try home.setup("--undo")
    #expect(run.status == 0 && run.text == "there is nothing to undo\n")
  }

  @Test func `changes no settings when there can be no database`() throws {
    let home = try home()
    let before = try home.tree
    let run = try home.setup("--db", "/nowhere/events.db")
    #expect(run.status == 73 || run.status == 66, "\(run.status) \(run.messages)")
    #expect(try home.tree == before)
  }

  @Test func `minds the folders that agents are told to use`() throws {
    let home = try AgentHome(["c/": "", "x/": "", "g/.gemini/": ""])
    let run = try home.setup(
      environment: [
        "CLAUDE_CONFIG_DIR": home.path + "/c", "CODEX_HOME": home.path + "/x",
        "GEMINI_CLI_HOME": home.path + "/g",
      ]
    )
    #expect(run.status == 0, "\(run.messages)")
    #expect(try home.shell("ls c x g/.gemini").lines.filter { $0.hasSuffix(".json") }.count == 3)
  }

  @Test func `hands its database on to the hooks`() throws {
    let home = try AgentHome([".claude/": ""])
    let run = try home.shell("mkdir 'a b'; \(home.program) setup --db 'a b/own.db'")
    #expect(run.status == 0, "\(run.messages)")
    #expect(try home.read(".claude/settings.json").contains("--db '\(home.path)/a b/own.db'"))
    #expect(try home.shell("mcp-query events --db 'a b/own.db' | wc -l").text == "2\n")
    #expect(try home.shell("ls .local 2>/dev/null || echo none").text == "none\n")
  }

  @Test func `loads the transcripts on disk, once`() throws {
    let line = { (type: String, content: String) in
      #"{"parentUuid":null,"sessionId":"s1","cwd":"/src","uuid":"u","#
        + #""timestamp":"2026-11-20T10:00:00Z","type":"\#(type)","#
        + #""message":{"role":"\#(type)","content":[\#(content)]}}"# + "\n"
    }
    let transcript =
      line(
        "assistant",
        #"{"type":"tool_use","id":"toolu_1","name":"Bash","input":{"command":"ls"}}"#
      )
      + line("user", #"{"type":"tool_result","tool_use_id":"toolu_1","content":"a"}"#)
    let home = try AgentHome([".claude/projects/p/s1.jsonl": transcript])
    for _ in 1...2 { #expect(try home.setup().status == 0) }
    #expect(try home.calls().count { $0.hasSuffix(" Bash") } == 1)
  }

  @Test(arguments: [
    (".codex/config.toml", "[features]\nhooks = false\n"),
    (".claude/settings.json", #"{"disableAllHooks": true}"#),
    (".gemini/settings.json", #"{"hooksConfig": {"enabled": false}}"#),
  ])
  func `tells of hooks that are switched off`(file: String, content: String) throws {
    let home = try AgentHome([file: content])
    #expect(try home.setup().text.contains(/note: .* off/))
  }
}
