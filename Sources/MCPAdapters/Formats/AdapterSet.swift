internal import MCPEvents

/// The adapters of all formats, each with what it remembers of the stream.
struct AdapterSet: Sendable {
  /// Streams and transcripts share their messages, and so their state.
  private var claude = ClaudeAdapter()
  private var hooks = HookAdapter()
  private var codexExec = CodexExecAdapter()
  private var codexRollout = CodexRolloutAdapter()
  private var mcp = MCPAdapter()
  private var gemini = GeminiAdapter()
  private var cursor = CursorAdapter()
  private var opencode = OpencodeAdapter()
  private var copilot = CopilotAdapter()
  private var goose = GooseAdapter()
  private var pi = PiAdapter()

  /// What `line`, which is of the context's format, says.
  mutating func read(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    switch context.format {
    case .claudeStream, .claudeTranscript: claude.read(line, context)
    case .hooks: hooks.read(line, context)
    case .codexExec: codexExec.read(line, context)
    case .codexRollout, .codexProto: codexRollout.read(line, context)
    case .mcp: mcp.read(line, context)
    case .gemini: gemini.read(line, context)
    case .cursor: readCursor(line, context)
    case .opencode: opencode.read(line, context)
    case .copilot: copilot.read(line, context)
    case .goose: goose.read(line, context)
    case .pi: pi.read(line, context)
    }
  }

  /// Cursor's other lines are read as Claude Code's, which have to know whose they are.
  private mutating func readCursor(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    if let session = line.text("session_id") { claude.remember(.cursor, session: session) }
    return cursor.read(line, context)
  }

  /// Tells the adapters of a call that began before.
  mutating func resume(_ facts: CallFacts) {
    mcp.resume(facts)
  }
}
