internal import MCPSystem

/// Where agents keep the transcripts of their sessions.
enum AgentFolders {
  /// The folders that there are, of all agents that are known.
  static var folders: [String] {
    let home = ProcessEnvironment.homeDirectory ?? ""
    let claude = variable("CLAUDE_CONFIG_DIR") ?? home + "/.claude"
    let codex = variable("CODEX_HOME") ?? home + "/.codex"
    let copilot = variable("COPILOT_HOME") ?? home + "/.copilot"
    let candidates = [
      claude + "/projects", codex + "/sessions", codex + "/archived_sessions",
      copilot + "/session-state",
    ]
    return candidates.filter { (try? FileStatus.of($0))??.kind == .directory }
  }

  /// The transcripts in them.
  static func files(_ inputs: inout InputFiles) -> [String] {
    folders.flatMap { (try? inputs.find($0)) ?? [] }
  }

  private static func variable(_ name: String) -> String? {
    ProcessEnvironment.variable(name).flatMap { $0.isEmpty ? nil : $0 }
  }
}
