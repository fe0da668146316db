internal import MCPSystem

/// Where agents keep what they keep of this user.
enum AgentFolders {
  /// Claude Code's.
  static var claude: String { variable("CLAUDE_CONFIG_DIR") ?? home + "/.claude" }
  /// Codex's.
  static var codex: String { variable("CODEX_HOME") ?? home + "/.codex" }
  /// Copilot CLI's.
  static var copilot: String { variable("COPILOT_HOME") ?? home + "/.copilot" }
  /// Gemini CLI's.
  static var gemini: String { (variable("GEMINI_CLI_HOME") ?? home) + "/.gemini" }
  /// Cursor's.
  static var cursor: String { home + "/.cursor" }
  /// The Claude desktop application's.
  static var claudeDesktop: String {
    (variable("XDG_CONFIG_HOME") ?? home + "/.config") + "/Claude"
  }

  /// The file in which Claude Code keeps the user's MCP servers: beside its folder, or inside one
  /// that was named.
  static var claudeServers: String {
    (variable("CLAUDE_CONFIG_DIR") ?? home) + "/.claude.json"
  }

  /// The folders with transcripts that there are, of all agents that are known.
  static var folders: [String] {
    let candidates = [
      claude + "/projects", codex + "/sessions", codex + "/archived_sessions",
      copilot + "/session-state",
    ]
    return candidates.filter(isFolder)
  }

  /// The transcripts in them.
  static func files(_ inputs: inout InputFiles) -> [String] {
    folders.flatMap { (try? inputs.find($0)) ?? [] }
  }

  /// Whether there is such a folder.
  static func isFolder(_ path: String) -> Bool {
    (try? FileStatus.of(path))??.kind == .directory
  }

  private static var home: String { ProcessEnvironment.homeDirectory ?? "" }

  private static func variable(_ name: String) -> String? {
    ProcessEnvironment.variable(name).nonEmpty
  }
}
