import Foundation
import Testing

/// A built program of this package, run as a process.
struct QueryRun {
  /// What came out on standard output.
  let output: Data
  /// What came out on standard error.
  let messages: String
  /// What the process ended with.
  let status: Int32

  var text: String { String(decoding: output, as: UTF8.self) }
  var lines: [String] { text.split(separator: "\n").map(String.init) }

  /// The directory with the programs: the one of the test bundle.
  static let programs = URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent().path

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - program: Its name, or the path of another one.
  ///   - arguments: The words of its command line.
  ///   - input: What it reads.
  ///   - environment: What is different in its environment.
  /// - Throws: When it cannot be started.
  init(
    _ program: String,
    _ arguments: [String],
    input: Data = Data(),
    environment: [String: String] = [:]
  ) throws {
    let process = Process()
    let path = program.hasPrefix("/") ? program : "\(Self.programs)/\(program)"
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    var inherited = ProcessInfo.processInfo.environment
    for name in ["MCP_SIDECAR_DB", "MCP_SIDECAR_INSTANCE", "NO_COLOR"] { inherited[name] = nil }
    inherited["TZ"] = "UTC"
    inherited["PATH"] = "\(Self.programs):\(inherited["PATH"] ?? "/usr/bin:/bin")"
    process.environment = inherited.merging(environment) { $1 }
    let directory = try TestDirectory()
    let files = ["in", "out", "err"].map { directory.path + "/" + $0 }
    try input.write(to: URL(fileURLWithPath: files[0]))
    for file in files[1...] { try Data().write(to: URL(fileURLWithPath: file)) }
    process.standardInput = FileHandle(forReadingAtPath: files[0])
    process.standardOutput = FileHandle(forWritingAtPath: files[1])
    process.standardError = FileHandle(forWritingAtPath: files[2])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try Data(contentsOf: URL(fileURLWithPath: files[1]))
    messages = String(decoding: try Data(contentsOf: URL(fileURLWithPath: files[2])), as: UTF8.self)
  }

  /// Runs a line of the shell, in which the programs have their names.
  init(shell line: String, environment: [String: String] = [:]) throws {
    try self.init("/bin/bash", ["-o", "pipefail", "-c", line], environment: environment)
  }

  /// Runs a program of Python's; `json`, `gzip`, `sys` and `hashlib` are imported.
  init(python program: String, _ arguments: [String] = []) throws {
    let imports = "import json, gzip, sys, hashlib, csv, io\n"
    try self.init("/usr/bin/env", ["python3", "-c", imports + program] + arguments)
  }
}

/// A new directory that is removed with everything in it.
final class TestDirectory {
  let path: String

  init() throws {
    path = "/tmp/mcp-command-tests-\(UInt64.random(in: 0 ... .max))"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A database that `mcp-sidecar` recorded.
final class RecordedDatabase {
  private let directory: TestDirectory

  var folder: String { directory.path }
  var path: String { folder + "/events.db" }

  /// Records lines of the line protocol.
  init(_ lines: [String] = RecordedDatabase.sample) throws {
    directory = try TestDirectory()
    try record(lines)
  }

  /// Records more lines.
  func record(_ lines: [String]) throws {
    let input = Data(lines.map { $0 + "\n" }.joined().utf8)
    let run = try QueryRun("mcp-sidecar", ["--db", path, "--summary", "none"], input: input)
    try #require(run.status == 0, "\(run.messages)")
  }

  /// Asks about it.
  func query(_ arguments: String..., environment: [String: String] = [:]) throws -> QueryRun {
    try QueryRun("mcp-query", arguments + ["--db", path], environment: environment)
  }

  /// Two agents, of which one started the other, five events, and a line that is none.
  static let sample = [
    #"{"kind":"instance","id":"work-123-a1","type":"coding","status":"started","name":"shop","#
      + #""issue_number":123,"created_at":"2026-11-20T08:00:00Z"}"#,
    #"{"kind":"instance","id":"review-123-a1","type":"review","parent_instance_id":"work-123-a1","#
      + #""created_at":"2026-11-21T08:00:00Z"}"#,
    #"{"kind":"relationship","parent_instance":"work-123-a1","child_instance":"review-123-a1","#
      + #""relationship_type":"spawned_review"}"#,
    #"{"kind":"github_issue","repo_owner":"acme","repo_name":"shop","number":123,"title":"A, \"b\""}"#,
    #"{"instance_id":"work-123-a1","tool_name":"edit_file","success":true,"#
      + #""metadata":{"file":"src/main.ts","lines":50},"timestamp":"2026-11-20T09:00:00Z"}"#,
    #"{"instance_id":"work-123-a1","tool_name":"bash","success":false,"#
      + #""error_message":"exit \"1\", no\nsuch file","duration_us":1500,"#
      + #""timestamp":"2026-11-20T10:00:00Z"}"#,
    #"{"instance_id":"review-123-a1","tool_name":"read_file","success":true,"#
      + #""timestamp":"2026-11-21T09:00:00.123Z"}"#,
    #"{"instance_id":"review-123-a1","tool_name":"bash","outcome":"denied","#
      + #""timestamp":"2026-11-22T09:00:00Z"}"#,
    #"{"instance_id":"review-123-a1","tool_name":"bash","outcome":"incomplete","#
      + #""timestamp":"2026-11-22T10:00:00Z"}"#,
    #"{"instance_id":"review-123-a1","tool_name":"#,
  ]
}
