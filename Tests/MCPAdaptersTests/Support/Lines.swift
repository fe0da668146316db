/// Lines as the agents print them, made for tests.
enum Lines {
  /// `template` with each `$name` replaced.
  static func fill(_ template: String, _ values: [String: String]) -> String {
    values.reduce(template) { text, value in
      text.split(separator: "$\(value.key)", omittingEmptySubsequences: false)
        .joined(separator: value.value)
    }
  }

  static func claudeCall(
    _ id: String,
    _ tool: String,
    _ input: String = "{}",
    session: String = "s1",
    extra: String = ""
  ) -> String {
    """
    {"type":"assistant","message":{"role":"assistant","content":[{"type":"tool_use",\
    "id":"\(id)","name":"\(tool)","input":\(input)}]},"session_id":"\(session)"\(extra)}
    """
  }

  static func claudeResult(
    _ id: String,
    _ content: String = "\"ok\"",
    isError: Bool? = nil,
    session: String = "s1",
    extra: String = ""
  ) -> String {
    let flag = isError.map { ",\"is_error\":\($0)" } ?? ""
    return """
      {"type":"user","message":{"role":"user","content":[{"type":"tool_result",\
      "tool_use_id":"\(id)","content":\(content)\(flag)}]},"session_id":"\(session)"\(extra)}
      """
  }

  static func claudeInit(_ session: String = "s1", extra: String = "") -> String {
    """
    {"type":"system","subtype":"init","cwd":"/w","session_id":"\(session)","model":"opus",\
    "claude_code_version":"2.2.0","uuid":"u-init"\(extra)}
    """
  }

  static func claudeEnd(_ session: String = "s1", extra: String = "") -> String {
    """
    {"type":"result","subtype":"success","is_error":false,"session_id":"\(session)",\
    "uuid":"u-end","duration_ms":1500\(extra)}
    """
  }

  static func transcriptCall(_ id: String, session: String = "s1", extra: String = "") -> String {
    """
    {"parentUuid":"p","sessionId":"\(session)","cwd":"/w","gitBranch":"main","type":"assistant",\
    "message":{"role":"assistant","model":"opus","content":[{"type":"tool_use","id":"\(id)",\
    "name":"Bash","input":{"command":"ls"}}]},"timestamp":"2026-11-20T10:00:01.000Z"\(extra)}
    """
  }

  static func transcriptResult(
    _ id: String,
    session: String = "s1",
    isError: Bool = false,
    extra: String = ""
  ) -> String {
    """
    {"parentUuid":"p","sessionId":"\(session)","cwd":"/w","type":"user","message":{"role":"user",\
    "content":[{"type":"tool_result","tool_use_id":"\(id)","content":"done",\
    "is_error":\(isError)}]},"timestamp":"2026-11-20T10:00:02.500Z"\(extra)}
    """
  }

  static func hook(_ event: String, session: String = "s1", extra: String = "") -> String {
    """
    {"session_id":"\(session)","transcript_path":"/t/x.jsonl","cwd":"/w",\
    "hook_event_name":"\(event)"\(extra)}
    """
  }

  static func hookCall(_ event: String, _ id: String, extra: String = "") -> String {
    hook(
      event,
      extra: ",\"tool_name\":\"Bash\",\"tool_input\":{\"command\":\"ls\"},\"tool_use_id\":\"\(id)\""
        + extra
    )
  }

  static func mcpCall(_ id: String, _ tool: String = "echo", meta: String = "{}") -> String {
    """
    {"jsonrpc":"2.0","id":\(id),"method":"tools/call","params":{"name":"\(tool)",\
    "arguments":{"text":"hi"},"_meta":\(meta)}}
    """
  }

  static func mcpResult(_ id: String, extra: String = "") -> String {
    """
    {"jsonrpc":"2.0","id":\(id),"result":{"content":[{"type":"text","text":"hi"}]\(extra)}}
    """
  }

  static func tap(_ direction: String, _ raw: String, at milliseconds: Int64) -> String {
    let escaped = raw.reduce(into: "") { text, character in
      if character == "\"" || character == "\\" { text.append("\\") }
      text.append(character)
    }
    return "{\"ts_ms\":\(milliseconds),\"dir\":\"\(direction)\",\"raw\":\"\(escaped)\"}"
  }

  static func codexItem(_ event: String, _ id: String, _ rest: String) -> String {
    "{\"type\":\"item.\(event)\",\"item\":{\"id\":\"\(id)\",\(rest)}}"
  }
}
