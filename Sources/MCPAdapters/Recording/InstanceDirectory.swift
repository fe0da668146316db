internal import MCPEvents

/// Names the instances that sessions and sub-agents are, and says what changes of them.
struct InstanceDirectory: Sendable {
  private static let limit = 1024

  /// The instance that the user named for all sessions.
  private let override: String?
  /// The instance of lines that name no session.
  private var anonymous: String?
  /// The columns that were set, by instance, so that no line repeats them.
  private var known: [String: [String: ColumnValue]] = [:]

  init(override: String?) {
    self.override = Identifier.clamped(override)
  }

  /// The id of the instance that a session, or a sub-agent of it, is.
  mutating func id(
    _ agent: Agent,
    session: String?,
    agentID: String?,
    _ streamDigest: String
  ) -> String {
    let main = mainID(agent, session: session, streamDigest)
    guard let agentID, !agentID.isEmpty else { return main }
    return Identifier.clamped("\(session ?? main):\(agentID)") ?? main
  }

  private mutating func mainID(
    _ agent: Agent,
    session: String?,
    _ streamDigest: String
  ) -> String {
    if let override { return override }
    if let session = Identifier.clamped(session) { return session }
    if let anonymous { return anonymous }
    let id = "\(agent.rawValue)-\(streamDigest)"
    anonymous = id
    return id
  }

  /// Whether the instance's id may be made of the stream's digest.
  func needsStreamDigest(session: String?) -> Bool {
    override == nil && anonymous == nil && (session ?? "").isEmpty
  }

  /// The changes that `note` means, without those that were made before.
  mutating func patches(for note: InstanceNote, _ streamDigest: String) -> [RecordPatch] {
    let main = mainID(note.agent, session: note.session, streamDigest)
    let id =
      Identifier.clamped(note.child)
      ?? self.id(note.agent, session: note.session, agentID: note.agentID, streamDigest)
    if note.isBare, known[id] != nil { return [] }
    let stated = override == nil ? Identifier.clamped(note.parent) : nil
    let parent = (id == main ? stated : main).flatMap { $0 == id ? nil : $0 }
    if known.count >= Self.limit, known[id] == nil { known.removeAll() }
    let isNew = known[id] == nil
    var patches: [RecordPatch] = []
    if let patch = patch(of: id, note, parent) { patches.append(patch) }
    if isNew, let parent {
      patches += relationship(parent, id, note)
    }
    return patches
  }

  private mutating func patch(
    of id: String,
    _ note: InstanceNote,
    _ parent: String?
  ) -> RecordPatch? {
    var patch = RecordPatch(.instance)
    var columns = known[id] ?? [:]
    for (name, value) in values(of: note, parent, columns) where columns[name] != value {
      guard (try? patch.set(name, value)) != nil else { continue }
      columns[name] = value
    }
    known[id] = columns
    guard !patch.values.isEmpty, (try? patch.set("id", .text(id))) != nil else { return nil }
    return patch
  }

  /// Where a session began stays; what it is like now may change.
  private func values(
    of note: InstanceNote,
    _ parent: String?,
    _ columns: [String: ColumnValue]
  ) -> [(String, ColumnValue)] {
    var values: [(String, ColumnValue)] = []
    func add(_ name: String, _ text: String?, once: Bool = false) {
      guard let text, !text.isEmpty, !once || columns[name] == nil else { return }
      values.append((name, .text(text)))
    }
    add("agent", note.agent == .mcp ? nil : note.agent.rawValue)
    add("parent_instance_id", parent)
    add("model", note.model)
    add("worktree_path", note.directory, once: true)
    add("branch_name", note.branch, once: true)
    add("repo", note.repository, once: true)
    if let created = note.createdAt, columns["created_at"] == nil {
      values.append(("created_at", .integer(created.milliseconds)))
    }
    if !note.metadata.isEmpty {
      let text = String(decoding: note.metadata.json, as: UTF8.self)
      values.append(("metadata", .mergedJSON(text)))
    }
    return values
  }

  private func relationship(
    _ parent: String,
    _ child: String,
    _ note: InstanceNote
  ) -> [RecordPatch] {
    var patch = RecordPatch(.relationship)
    do throws(LineRejection) {
      try patch.set("parent_instance", .text(parent))
      try patch.set("child_instance", .text(child))
      try patch.set("relationship_type", .text(RelationshipType.spawnedSubagent.rawValue))
      if let created = note.createdAt {
        try patch.set("created_at", .integer(created.milliseconds))
      }
      if let callID = note.callID {
        try patch.set("metadata", .mergedJSON("{\"call_id\":\(JSONText.quoted(callID))}"))
      }
    } catch { return [] }
    return [patch]
  }
}
