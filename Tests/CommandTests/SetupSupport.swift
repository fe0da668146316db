import Foundation
import Testing

/// The home of a user who has agents.
final class AgentHome {
  private let directory: TestDirectory
  /// How this user starts the program.
  var program = "\(QueryRun.programs)/mcp-sidecar"

  var path: String { directory.path }
  var database: String { path + "/.local/share/mcp-sidecar/events.db" }

  /// Makes a home with files by their path; a path that ends with a slash is a folder.
  init(_ files: [String: String] = [:]) throws {
    directory = try TestDirectory()
    for (name, content) in files { try write(name, content) }
  }

  func write(_ name: String, _ content: String) throws {
    let file = path + "/" + name
    let folder = name.hasSuffix("/") ? file : (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if !name.hasSuffix("/") { try Data(content.utf8).write(to: URL(fileURLWithPath: file)) }
  }

  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path + "/" + name)), as: UTF8.self)
  }

  /// The JSON of a file.
  func object(_ name: String) throws -> NSDictionary {
    let data = try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
    return try #require(try JSONSerialization.jsonObject(with: data) as? NSDictionary)
  }

  /// Every file and link with its permissions and content, but for what is recorded.
  var tree: [String] {
    get throws {
      let run = try shell(
        """
        find . -path ./.local -prune -o -printf '%P %y %m %l\\n' | sort
        find . -path ./.local -prune -o -type f -print0 | sort -z | xargs -0r sha256sum
        """
      )
      return run.lines
    }
  }

  /// Runs a line of the shell in the home.
  func shell(_ line: String) throws -> QueryRun {
    try QueryRun(shell: "cd \"$HOME\" && " + line, environment: environment())
  }

  /// Runs `setup`.
  func setup(_ arguments: String..., environment more: [String: String] = [:]) throws -> QueryRun {
    try QueryRun(program, ["setup"] + arguments, environment: environment(more))
  }

  /// The tools whose calls were recorded, by instance.
  func calls() throws -> [String] {
    let sql = "SELECT instance_id || ' ' || tool_name FROM mcp_events"
    return try shell("mcp-query sql \"\(sql)\" -o csv | tr -d '\\r' | tail -n +2").lines
  }

  /// Starts the program through a link from now on.
  func link(_ name: String) throws {
    try write(name, "")
    program = path + "/" + name
    try FileManager.default.removeItem(atPath: program)
    try FileManager.default.createSymbolicLink(
      atPath: program,
      withDestinationPath: "\(QueryRun.programs)/mcp-sidecar"
    )
  }

  private func environment(_ more: [String: String] = [:]) -> [String: String] {
    var variables = ["HOME": path]
    for name in ["CLAUDE_CONFIG_DIR", "CODEX_HOME", "COPILOT_HOME", "GEMINI_CLI_HOME"] {
      variables[name] = ""
    }
    for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME"] { variables[name] = "" }
    return variables.merging(more) { $1 }
  }
}
