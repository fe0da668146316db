internal import MCPEvents

extension ClaudeAdapter {
  /// What a line of a session file says.
  mutating func readTranscript(_ line: JSONValue, _ context: LineContext) -> [Observation] {
    guard let type = line.text("type"), type == "assistant" || type == "user" else { return [] }
    var observations: [Observation] = []
    if currentSession != nil { observations.append(.instance(note(ofTranscript: line))) }
    return observations + readMessage(line, envelope: transcriptEnvelope(line), context)
  }

  private func transcriptEnvelope(_ line: JSONValue) -> ClaudeEnvelope {
    var envelope = ClaudeEnvelope(agent: agent, session: currentSession)
    envelope.time = EventTime(line["timestamp"])
    envelope.agentID = line.text("agentId")
    envelope.requestID = line.text("requestId")
    envelope.directory = line.text("cwd")
    envelope.toolResult = line["toolUseResult"]
    envelope.denialKind = line.text("toolDenialKind")
    return envelope
  }

  private func note(ofTranscript line: JSONValue) -> InstanceNote {
    var note = InstanceNote(agent, session: currentSession, agentID: line.text("agentId"))
    note.directory = line.text("cwd")
    note.branch = line.text("gitBranch")
    if let model = line["message"]?.text("model"), !model.hasPrefix("<") { note.model = model }
    note.time = EventTime(line["timestamp"])
    return note
  }
}
