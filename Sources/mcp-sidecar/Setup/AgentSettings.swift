internal import MCPSystem

/// A file of settings of one of this user's agents.
struct AgentSettings {
  /// What people call the agent.
  let agent: String
  /// The file, as the agent names it.
  let file: SettingsFile
  /// What can be put into it.
  let edit: SettingsEdit
  /// What the user has to do besides.
  var advice: String?

  /// Those of the agents that this user has.
  static var found: [Self] { hooks + servers }

  /// The folders by which agents are known.
  static let folders = [
    ("Claude Code", AgentFolders.claude), ("Codex", AgentFolders.codex),
    ("Gemini CLI", AgentFolders.gemini), ("Claude desktop", AgentFolders.claudeDesktop),
    ("Cursor", AgentFolders.cursor), ("Copilot CLI", AgentFolders.copilot),
  ]

  /// The settings with hooks, of agents that have a folder; the file itself may be missing yet.
  private static var hooks: [Self] {
    let known: [(String, String, String, HookDialect, String?)] = [
      ("Claude Code", AgentFolders.claude, "settings.json", .claude, nil),
      ("Codex", AgentFolders.codex, "hooks.json", .codex, codexAdvice),
      ("Gemini CLI", AgentFolders.gemini, "settings.json", .gemini, nil),
    ]
    return known.filter { AgentFolders.isFolder($0.1) }.map {
      agent,
      folder,
      name,
      dialect,
      advice in
      Self(
        agent: agent,
        file: SettingsFile(path: folder + "/" + name),
        edit: SettingsEdit(dialect: dialect),
        advice: advice
      )
    }
  }

  /// The files that hold MCP servers and nothing else of interest, where there are any.
  private static var servers: [Self] {
    let known = [
      ("Claude Code", AgentFolders.claudeServers),
      ("Claude desktop", AgentFolders.claudeDesktop + "/claude_desktop_config.json"),
      ("Cursor", AgentFolders.cursor + "/mcp.json"),
      ("Copilot CLI", AgentFolders.copilot + "/mcp-config.json"),
    ]
    return known.filter { (try? FileStatus.of($0.1)) != .some(nil) }.map { agent, path in
      Self(agent: agent, file: SettingsFile(path: path), edit: SettingsEdit(dialect: nil))
    }
  }

  /// Where Codex has its MCP servers, which are not changed here.
  static let codexServersPath = AgentFolders.codex + "/config.toml"

  /// The MCP servers of Codex.
  static var codexServers: [String] {
    let start = "[mcp_servers."
    let tables = codexLines.filter { $0.hasPrefix(start) && $0.hasSuffix("]") }
    // A table may have others below it, such as that of the environment.
    return tables.map { String($0.dropFirst(start.count).dropLast()) }.filter { !$0.contains(".") }
  }

  /// The lines of Codex's settings without their blanks.
  private static var codexLines: [String] {
    let toml = (try? FileSystem.text(of: codexServersPath)) ?? ""
    return toml.split(separator: "\n").map { $0.filter { $0 != " " && $0 != "\t" } }
  }

  private static var codexAdvice: String {
    if codexLines.contains(where: { $0 == "hooks=false" || $0 == "codex_hooks=false" }) {
      return "its hooks are switched off: take 'hooks = false' out of config.toml"
    }
    return "it runs new hooks only once they are trusted: type /hooks in it"
  }
}
