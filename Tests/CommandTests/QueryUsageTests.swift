import Foundation
import Testing

@Suite struct `The door of mcp-query` {
  @Test func `shows examples before anything else`() throws {
    let help = try QueryRun("mcp-query", ["--help"])
    #expect(help.status == 0)
    #expect(help.lines.prefix(3).contains("Examples:"))
    #expect(try QueryRun("mcp-query", []).text == help.text)
  }

  @Test(arguments: [
    (["evnts"], 64, "did you mean 'events'?"), (["ingest", "x"], 64, "mcp-sidecar ingest x"),
    (["rejected", "retry", "1"], 64, "mcp-sidecar rejected retry"),
    (["events", "--since", "soon"], 64, "is no time"),
    (["events", "--outcome", "erorr"], 64, "did you mean 'error'?"),
    (["events", "--type", "codng"], 64, "did you mean 'coding'?"),
    (["events", "--columns", "tool"], 64, "tool_name"),
    (["events", "--order-by", "1; DROP TABLE instances"], 64, "no column"),
    (["events", "--limit=-1"], 64, "cannot be negative"),
    (["events", "--instance", "same"], 64, "same-1, same-2"),
    (["events", "--since", "2026-11-22", "--until", "2026-11-20"], 64, "is after"),
    (["export", "--to", "archive.tar"], 64, ".jsonl.gz"),
    (["events", "--db", "/dev/null", "--db", "/dev/null"], 64, "name one database"),
    (["rejected", "show", "99"], 66, "no rejected line 99"),
  ])
  func `says what is wrong and what would be right`(
    arguments: [String],
    status: Int32,
    message: String
  ) throws {
    let database = try RecordedDatabase(
      ["same-1", "same-2"].map { #"{"kind":"instance","id":"\#($0)"}"# }
    )
    let run = try QueryRun(
      "mcp-query",
      arguments,
      environment: ["MCP_SIDECAR_DB": database.path]
    )
    #expect(run.status == status)
    #expect(run.messages.contains(message), "\(run.messages)")
    #expect(run.output.isEmpty)
  }

  @Test func `names the database that is not there`() throws {
    let folder = try TestDirectory()
    let run = try QueryRun("mcp-query", ["events"], environment: ["XDG_DATA_HOME": folder.path])
    #expect(run.status == 66)
    #expect(run.messages.contains("\(folder.path)/mcp-sidecar/events.db"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test func `refuses what is no database of ours`() throws {
    let folder = try TestDirectory()
    let path = folder.path + "/x.db"
    try Data("something else, and long enough".utf8).write(to: URL(fileURLWithPath: path))
    let run = try QueryRun("mcp-query", ["events", "--db", path])
    #expect(run.status == 65)
    #expect(run.messages.split(separator: "\n").count == 1, "\(run.messages)")
  }
}
