import Foundation
import Testing

/// A database, a key and a configuration of a test's own, for `mcp-sidecar` and `mcp-query`.
struct ScriptingEnvironment {
  let directory = Result { try TestDirectory() }
  let extra: [String: String]

  init(_ extra: [String: String] = [:]) {
    self.extra = extra
  }

  var path: String { get throws { try directory.get().path } }

  func run(
    _ arguments: String...,
    program: String = "mcp-sidecar",
    input: String = ""
  ) throws -> QueryRun {
    var environment = [
      "MCP_SIDECAR_DB": try path + "/events.db", "XDG_CONFIG_HOME": try path + "/config",
      "MCP_SIDECAR_KEY": "", "MCP_SIDECAR_OLD_KEY": "",
    ]
    environment.merge(extra) { $1 }
    return try QueryRun(program, arguments, input: Data(input.utf8), environment: environment)
  }

  /// The records that a query lists.
  func records(_ arguments: String...) throws -> [[String: Any]] {
    var environment = ["MCP_SIDECAR_DB": try path + "/events.db"]
    environment["XDG_CONFIG_HOME"] = try path + "/config"
    let run = try QueryRun("mcp-query", arguments, environment: environment)
    return try run.lines.map {
      try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any] ?? [:]
    }
  }
}

@Suite struct `Scripting instances` {
  @Test func `creates, changes, moves and deletes them`() throws {
    let script = ScriptingEnvironment()
    #expect(
      try script.run(
        "instance",
        "create",
        "work-123-a1",
        "--issue",
        "123",
        "--branch",
        "feature/x",
        "--system-prompt",
        "You are…"
      ).status == 0
    )
    #expect(
      try script.run("instance", "update", "work-123-a1", "--pr", "456", "--clear", "issue_number")
        .status == 0
    )
    #expect(try script.run("instance", "status", "work-123-a1", "waiting_review").status == 0)
    let record = try #require(try script.records("instances").first)
    #expect(record["id"] as? String == "work-123-a1")
    #expect(record["status"] as? String == "waiting_review")
    #expect(record["pr_number"] as? Int == 456)
    #expect(record["issue_number"] == nil)
    #expect(try script.records("events").first?["tool_name"] as? String == "status_update")
    #expect(try script.run("instance", "delete", "work-123-a1", "--reason", "done").status == 0)
    #expect(try script.records("instances").isEmpty)
    #expect(try script.records("events").isEmpty)
  }

  @Test func `says what is wrong, with the status for it`() throws {
    let script = ScriptingEnvironment()
    #expect(try script.run("instance", "create", "a").status == 0)
    let twice = try script.run("instance", "create", "a")
    #expect(twice.status == 70)
    #expect(twice.messages.contains("'a' already"))
    #expect(twice.output.isEmpty)
    let misspelt = try script.run("instance", "create", "b", "--type", "codding")
    #expect(misspelt.status == 64)
    #expect(misspelt.messages.contains("did you mean 'coding'?"))
    #expect(try script.run("instance", "update", "nobody", "--pr", "1").status == 66)
    #expect(try script.run("instance", "status", "nobody", "terminated").status == 66)
    #expect(try script.run("instance", "delete", "nobody").status == 66)
    #expect(try script.run("instance", "create").status == 64)
    #expect(try script.records("instances").count == 1)
  }
}

@Suite struct `Scripting relationships` {
  @Test func `adds one, prints its number, and changes it`() throws {
    let script = ScriptingEnvironment()
    let added = try script.run(
      "relationship",
      "add",
      "work-1",
      "review-1",
      "--type",
      "spawned_review"
    )
    #expect(added.text == "1\n")
    #expect(
      try script.run("relationship", "update", "1", "--review-iteration", "2").status == 0
    )
    let record = try #require(try script.records("relationships").first)
    #expect(record["review_iteration"] as? Int == 2)
    #expect(record["parent_instance"] as? String == "work-1")
    #expect(try script.run("relationship", "update", "9").status == 66)
    let again = try script.run(
      "relationship",
      "add",
      "work-1",
      "review-1",
      "--type",
      "spawned_review"
    )
    #expect(again.status == 70)
  }
}

@Suite struct `Scripting issues` {
  private let listed = """
    [{"assignees":[{"login":"developer"},{"login":"other"}],"body":"Text","state":"OPEN",
      "createdAt":"2026-01-02T03:04:05Z","labels":[{"id":"L","name":"feature"},{"name":"p1"}],
      "number":123,"title":"Implement","updatedAt":"2026-01-03T00:00:00Z",
      "url":"https://github.com/organization/repository/issues/123"},
     {"assignees":[],"body":"","labels":[],"number":124,"state":"CLOSED","title":"Old",
      "url":"https://github.com/organization/repository/issues/124"}]
    """

  @Test func `takes what gh prints`() throws {
    let script = ScriptingEnvironment()
    let run = try script.run("issue", "sync", "-", input: listed)
    #expect(run.status == 0)
    #expect(run.messages == "2 issues stored\n")
    let records = try script.records("issues")
    let issue = try #require(records.first { $0["number"] as? Int == 123 })
    #expect(issue["repo_owner"] as? String == "organization")
    #expect(issue["state"] as? String == "open")
    #expect(issue["assignee"] as? String == "developer")
    #expect(issue["labels"] as? [String] == ["feature", "p1"])
    #expect(issue["created_at"] as? String == "2026-01-02T03:04:05.000Z")
    let old = try #require(records.first { $0["number"] as? Int == 124 })
    #expect(old["assignee"] == nil)
    #expect(old["state"] as? String == "closed")
  }

  @Test func `takes what GitHub's API prints, without its pull requests`() throws {
    let script = ScriptingEnvironment()
    let lines = """
      {"number":1,"title":"A","state":"open","assignee":null,"labels":[{"name":"bug"}],\
      "html_url":"https://github.com/o/r/issues/1","created_at":"2026-01-01T00:00:00Z"}
      {"number":2,"title":"B","state":"open","pull_request":{},"url":"https://github.com/o/r/issues/2"}
      {"number":3,"title":"C","repository_url":"https://api.github.com/repos/o/s"}
      """
    #expect(try script.run("issue", "sync", "-", input: lines).status == 0)
    let records = try script.records("issues")
    #expect(records.map { $0["number"] as? Int } == [1, 3])
    #expect(records.map { $0["repo_name"] as? String } == ["r", "s"])
  }

  @Test func `takes the labels of the guide's own records, and no others than labels`() throws {
    let script = ScriptingEnvironment()
    for (labels, status) in [(#""[\"a\"]""#, 0), ("7", 65)] as [(String, Int32)] {
      let input = #"{"number":1,"labels":\#(labels)}"#
      let run = try script.run("issue", "sync", "-", "--repo", "o/r", input: input)
      #expect(run.status == status, "\(run.messages)")
      #expect(try script.records("issues").first?["labels"] as? [String] == ["a"])
    }
  }

  @Test func `stores none if one is wrong`() throws {
    let script = ScriptingEnvironment()
    let input = #"[{"number":1,"title":"A"},{"title":"B"}]"#
    let without = try script.run("issue", "sync", "-", input: input)
    #expect(without.status == 65)
    #expect(without.messages.contains("--repo owner/name"))
    let wrong = try script.run("issue", "sync", "-", "--repo", "o/r", input: input)
    #expect(wrong.status == 65)
    #expect(wrong.messages.contains("issue 2 has no 'number'"))
    #expect(try script.run("issue", "sync", "-", input: "{").status == 65)
    #expect(try script.run("issue", "sync", "/no/such/file").status == 66)
  }
}

@Suite struct `Scripting configuration values` {
  @Test func `sets, gets, lists and deletes them`() throws {
    let script = ScriptingEnvironment()
    #expect(try script.run("config", "set", "default.branch", "main").status == 0)
    let set = try script.run("config", "set", "github.token", "--encrypted", input: "ghp_123\n")
    #expect(set.status == 0)
    #expect(try script.run("config", "get", "github.token").text == "ghp_123\n")
    let listed = try script.run("config", "list")
    #expect(listed.lines.count == 2)
    #expect(listed.lines[1].contains(#""key":"github.token","encrypted":true"#))
    #expect(!listed.text.contains("ghp_123"))
    #expect(try script.run("config", "delete", "default.branch").status == 0)
    #expect(try script.run("config", "get", "default.branch").status == 66)
    let file = try Data(contentsOf: URL(fileURLWithPath: script.path + "/events.db"))
    #expect(file.range(of: Data("ghp_123".utf8)) == nil)
  }

  @Test func `takes a value to be encrypted from standard input only`() throws {
    let script = ScriptingEnvironment()
    let run = try script.run("config", "set", "token", "ghp_123", "--encrypted")
    #expect(run.status == 64)
    #expect(run.messages.contains("standard input"))
  }

  @Test func `rekeys a key file`() throws {
    let script = ScriptingEnvironment()
    #expect(try script.run("config", "set", "token", "--encrypted", input: "secret").status == 0)
    let key = try script.path + "/config/mcp-sidecar/key"
    let before = try String(contentsOfFile: key, encoding: .utf8)
    let run = try script.run("config", "rekey")
    #expect(run.messages == "1 values encrypted again\n")
    let after = try String(contentsOfFile: key, encoding: .utf8)
    #expect(after.hasSuffix(before) && after != before)
    #expect(try script.run("config", "get", "token").text == "secret\n")
  }

  @Test func `rekeys from one variable to another`() throws {
    let (old, new) = (String(repeating: "1a", count: 32), String(repeating: "2b", count: 32))
    let directory = try TestDirectory()
    let base = ["MCP_SIDECAR_DB": directory.path + "/events.db"]
    let before = ScriptingEnvironment(base.merging(["MCP_SIDECAR_KEY": old]) { $1 })
    let both = ScriptingEnvironment(
      base.merging(["MCP_SIDECAR_KEY": new, "MCP_SIDECAR_OLD_KEY": old]) { $1 }
    )
    let after = ScriptingEnvironment(base.merging(["MCP_SIDECAR_KEY": new]) { $1 })
    #expect(try before.run("config", "set", "token", "--encrypted", input: "s3").status == 0)
    let wrong = try after.run("config", "get", "token")
    #expect(wrong.status == 77)
    #expect(!wrong.messages.contains("s3") && !wrong.messages.contains(old))
    #expect(try both.run("config", "rekey").status == 0)
    #expect(try after.run("config", "get", "token").text == "s3\n")
  }

  @Test func `reads nothing with a wrong key, though the right one is in the key file`() throws {
    let script = ScriptingEnvironment()
    #expect(try script.run("config", "set", "token", "--encrypted", input: "secret").status == 0)
    let wrong = ScriptingEnvironment([
      "MCP_SIDECAR_DB": try script.path + "/events.db",
      "XDG_CONFIG_HOME": try script.path + "/config",
      "MCP_SIDECAR_KEY": String(repeating: "2b", count: 32),
    ])
    let run = try wrong.run("config", "get", "token")
    #expect(run.status == 77)
    #expect(run.text.isEmpty)
    #expect(run.messages.contains("MCP_SIDECAR_KEY"))
  }

  @Test func `refuses a key that is a passphrase`() throws {
    let script = ScriptingEnvironment(["MCP_SIDECAR_KEY": "hunter2"])
    let run = try script.run("config", "set", "token", "--encrypted", input: "x")
    #expect(run.status == 77)
    #expect(run.messages.contains("64 hexadecimal digits"))
    #expect(!run.messages.contains("hunter2"))
  }
}

@Suite struct `Scripting maintenance` {
  @Test func `backs up, and replaces only with --force`() throws {
    let script = ScriptingEnvironment()
    #expect(try script.run("instance", "create", "a").status == 0)
    let target = try script.path + "/backup.db"
    #expect(try script.run("backup", target).status == 0)
    let again = try script.run("backup", target)
    #expect(again.status == 73)
    #expect(again.messages.contains("--force"))
    #expect(try script.run("backup", target, "--force").status == 0)
    let check = try script.run(target, "PRAGMA integrity_check", program: "/usr/bin/sqlite3")
    #expect(check.text == "ok\n")
  }

  @Test func `vacuums and migrates`() throws {
    let script = ScriptingEnvironment()
    #expect(try script.run("vacuum").status == 66)
    #expect(try script.run("migrate").status == 66)
    #expect(try script.run("backup", script.path + "/x.db").status == 66)
    #expect(try script.run("instance", "create", "a").status == 0)
    #expect(try script.run("vacuum").status == 0)
    #expect(try script.run("migrate").messages.contains("up to date"))
  }

  @Test func `follows the configuration file`() throws {
    let script = ScriptingEnvironment(["MCP_SIDECAR_DB": ""])
    let folder = try script.path + "/config/mcp-sidecar"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let database = try script.path + "/configured.db"
    try "{\"local\": {\"file\": \"\(database)\", \"autoMigrate\": false}}".write(
      toFile: folder + "/config.json",
      atomically: true,
      encoding: .utf8
    )
    let run = try script.run("instance", "create", "a")
    #expect(run.status == 75)
    #expect(run.messages.contains("mcp-sidecar migrate"))
    #expect(try script.run("migrate").status == 0)
    #expect(try script.run("instance", "create", "a").status == 0)
    #expect(FileManager.default.fileExists(atPath: database))
  }
}

@Suite struct `Scripting from many processes at once` {
  @Test func `loses nothing`() async throws {
    let script = ScriptingEnvironment()
    let path = try script.path + "/events.db"
    #expect(try script.run("instance", "create", "shared").status == 0)
    let commands = (0..<12).map { number in
      "mcp-sidecar instance create work-\(number) --parent shared --db \(path) && "
        + "mcp-sidecar instance status shared waiting_review --db \(path)"
    }
    let line = commands.map { "(\($0)) & jobs+=($!);" }.joined(separator: "\n")
    let run = try QueryRun(
      shell: "jobs=(); \(line)\nfailed=0; for job in ${jobs[@]}; do wait $job || failed=1; done; "
        + "exit $failed"
    )
    #expect(run.status == 0, "\(run.messages)")
    #expect(try script.records("instances").count == 13)
    #expect(try script.records("events").count == 12)
    #expect(try QueryRun("mcp-query", ["check", "--db", path]).status == 0)
  }
}

@Suite struct `The quick start example` {
  @Test func `runs`() throws {
    let run = try QueryRun("quick-start", [])
    #expect(run.status == 0)
    #expect(
      run.text == """
        work-123-a1 coding waiting_review
          3 status_update ok
          2 run_tests error
          1 edit_file ok

        """
    )
  }
}
