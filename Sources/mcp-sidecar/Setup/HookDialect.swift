internal import MCPEvents

/// How an agent wants its hooks written down, and what it tells them.
///
/// All three have `hooks` → event → groups → commands, and run a command with a shell.
enum HookDialect {
  case claude, codex, gemini

  /// The events that say something about calls, sessions or sub-agents.
  var events: [String] {
    switch self {
    case .claude:
      [
        "SessionStart", "PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionDenied",
        "SubagentStart", "SubagentStop", "Stop", "SessionEnd",
      ]
    case .codex:
      [
        "SessionStart", "PreToolUse", "PostToolUse", "SubagentStart", "SubagentStop", "Stop",
        "SessionEnd",
      ]
    case .gemini: ["SessionStart", "BeforeTool", "AfterTool", "AfterAgent", "SessionEnd"]
    }
  }

  /// What in the settings switches all hooks off: where it is, and its value then.
  var offSwitches: [(path: [String], value: Bool)] {
    switch self {
    case .claude: [(["disableAllHooks"], true)]
    // Codex has its switch in another file.
    case .codex: []
    case .gemini: [(["hooksConfig", "enabled"], false), (["tools", "enableHooks"], false)]
    }
  }

  /// What stands under an event: one group, of one command.
  func group(_ command: String) -> JSONNode {
    var hook: [(key: String, value: JSONNode)] = [
      (key: "type", value: .string("command")), (key: "command", value: .string(command)),
    ]
    switch self {
    case .claude, .codex: hook.append((key: "timeout", value: .number(Self.timeoutSeconds)))
    case .gemini:
      // Gemini counts milliseconds, and lists hooks by name.
      hook.append((key: "timeout", value: .number(Self.timeoutSeconds * 1000)))
      hook.append((key: "name", value: .string("mcp-sidecar")))
    }
    return .object([(key: "hooks", value: .array([.object(hook)]))])
  }

  /// Far more than a hook takes: it is there for a machine that hangs.
  private static let timeoutSeconds = 10

  /// What the agent would tell a hook after a call that went well.
  ///
  /// - Parameters:
  ///   - session: The name of the session.
  ///   - time: When it was.
  /// - Returns: One line.
  func payload(session: String, at time: UnixTime) -> String {
    let members =
      switch self {
      case .claude: #""hook_event_name":"PostToolUse","tool_use_id":"\#(session)""#
      case .codex:
        #""hook_event_name":"PostToolUse","tool_use_id":"\#(session)","turn_id":"1","model":"test""#
      case .gemini: #""hook_event_name":"AfterTool","timestamp":"\#(time)""#
      }
    return #"{"session_id":"\#(session)",\#(members),"tool_name":"mcp__mcp-sidecar__setup_test","#
      + #""tool_input":{},"tool_response":{}}"#
  }
}
