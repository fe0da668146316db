internal import MCPEvents

/// Tells which agent's line a line is, by its outermost keys.
///
/// The rules are tried in order, the cheapest and surest first. What no rule claims belongs to the
/// format of the lines before, if it looks like a line of an agent at all.
struct FormatDetector: Sendable {
  /// The format of the last line that a rule claimed.
  private(set) var hint: StreamFormat?

  /// The format of `line`; `nil` when it is of none.
  mutating func format(of line: JSONValue) -> StreamFormat? {
    if let format = Self.ruled(line) {
      hint = format
      return format
    }
    let type = line["type"]?.string
    if let hint, type != nil { return hint }
    return type == "error" && line["message"]?.string != nil ? .codexExec : nil
  }

  /// The format that one of the rules finds.
  static func ruled(_ line: JSONValue) -> StreamFormat? {
    guard line.isObject else { return nil }
    if line["jsonrpc"]?.string == "2.0" || isTapRecord(line) { return .mcp }
    if line["hook_event_name"]?.string != nil { return .hooks }
    guard let type = line["type"]?.string else { return untyped(line) }
    return codex(type, line) ?? others(type, line) ?? claude(type, line) ?? late(type, line)
  }

  /// Whether `line` is an export of OpenTelemetry, which says nothing that is not said elsewhere.
  static func isTelemetry(_ line: JSONValue) -> Bool {
    line["resourceSpans"]?.kind == .array || line["resourceLogs"]?.kind == .array
  }

  /// Whether `line` is a record of a tap: a message, and which way it went.
  static func isTapRecord(_ line: JSONValue) -> Bool {
    guard let direction = line["dir"]?.string, line["raw"]?.string != nil else { return false }
    return direction == "c2s" || direction == "s2c"
  }

  private static func untyped(_ line: JSONValue) -> StreamFormat? {
    guard line["type"] == nil else { return nil }
    if line["msg"]?["type"]?.string != nil, line["id"]?.string != nil { return .codexProto }
    if line["sessionId"]?.string != nil, line["message"]?.isObject == true {
      return .claudeTranscript
    }
    if line["record_type"]?.string != nil { return .codexRollout }
    let isOldRollout =
      line["id"]?.string != nil && line["timestamp"]?.string != nil
      && (line["instructions"] != nil || line["git"] != nil)
    return isOldRollout ? .codexRollout : nil
  }

  // MARK: Codex

  private static let rolloutTypes: Set<String> = [
    "session_meta", "response_item", "event_msg", "turn_context", "compacted", "world_state",
    "token_usage_record", "inter_agent_communication", "inter_agent_communication_metadata",
    "retained_context", "security_risk_score", "realtime_item",
  ]

  private static func codex(_ type: String, _ line: JSONValue) -> StreamFormat? {
    if type.hasPrefix("thread.") || type.hasPrefix("turn.") || type.hasPrefix("item.") {
      return .codexExec
    }
    if rolloutTypes.contains(type), line["payload"]?.isObject == true { return .codexRollout }
    let isFlatCall =
      CodexRolloutAdapter.flatTypes.contains(type) && line["payload"] == nil
      && line["call_id"]?.string != nil
    return isFlatCall ? .codexRollout : nil
  }

  // MARK: Others

  private static let copilotPrefixes = [
    "session.", "user.", "assistant.", "tool.", "tool_search.", "subagent.", "hook.",
    "permission.", "model.", "system.", "mcp.", "external_tool.", "skill.", "command.",
    "elicitation.", "sampling.",
  ]

  private static func others(_ type: String, _ line: JSONValue) -> StreamFormat? {
    if line["data"]?.isObject == true, copilotPrefixes.contains(where: { type.hasPrefix($0) }) {
      return .copilot
    }
    let timestamp = line["timestamp"]
    if line["sessionID"]?.string != nil, timestamp?.kind == .number { return .opencode }
    if isCursor(type, line) { return .cursor }
    return timestamp?.string != nil && isGemini(type, line) ? .gemini : nil
  }

  private static func isCursor(_ type: String, _ line: JSONValue) -> Bool {
    switch type {
    case "tool_call":
      let subtype = line["subtype"]?.string
      return line["tool_call"]?.isObject == true && (subtype == "started" || subtype == "completed")
    case "thinking", "interaction_query": return line["session_id"] != nil
    default: return false
    }
  }

  private static func isGemini(_ type: String, _ line: JSONValue) -> Bool {
    switch type {
    case "init": line["session_id"]?.string != nil && line["model"] != nil
    case "message": line["role"]?.string != nil
    case "tool_use", "tool_result": line["tool_id"]?.string != nil
    case "error": line["severity"]?.string != nil
    case "result": line["status"]?.string != nil
    default: false
    }
  }

  // MARK: Claude

  private static let transcriptTypes: Set<String> = [
    "user", "assistant", "system", "attachment", "progress", "summary", "queue-operation",
    "file-history-snapshot", "ai-title", "custom-title", "last-prompt", "pr-link",
    "agent-setting", "agent-name", "permission-mode", "mode",
  ]
  private static let streamTypes: Set<String> = [
    "system", "assistant", "user", "result", "stream_event", "rate_limit_event", "tool_progress",
    "tool_use_summary", "auth_status", "prompt_suggestion", "conversation_reset",
    "control_request", "control_response", "control_cancel_request", "keep_alive",
  ]

  private static func claude(_ type: String, _ line: JSONValue) -> StreamFormat? {
    if type == "file-history-snapshot" { return .claudeTranscript }
    if transcriptTypes.contains(type), isTranscript(line) { return .claudeTranscript }
    guard streamTypes.contains(type) else {
      // A line of a later version.
      if line["session_id"]?.string != nil, line["uuid"]?.string != nil { return .claudeStream }
      return line["sessionId"]?.string != nil ? .claudeTranscript : nil
    }
    let isStream =
      line["session_id"]?.string != nil || line["message"]?.isObject == true
      || type.hasPrefix("control_") || type == "keep_alive"
    return isStream ? .claudeStream : nil
  }

  private static func isTranscript(_ line: JSONValue) -> Bool {
    if line["sessionId"]?.string != nil || line["parentUuid"] != nil
      || line["leafUuid"]?.string != nil
    {
      return true
    }
    return line["timestamp"]?.string != nil && line["cwd"]?.string != nil
      && line["session_id"] == nil
  }

  // MARK: Pi and goose

  private static func late(_ type: String, _ line: JSONValue) -> StreamFormat? {
    switch type {
    case "tool_execution_start", "tool_execution_update", "tool_execution_end":
      line["toolCallId"]?.string != nil ? .pi : nil
    case "session": line["version"]?.kind == .number ? .pi : nil
    case "message": line["message"]?["content"]?.kind == .array ? .goose : nil
    case "notification": line["extension_id"] != nil ? .goose : nil
    case "complete": line["total_tokens"] != nil ? .goose : nil
    default: nil
    }
  }
}
