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

  /// The id of the instance that a note is of: a session, one that came from it, or a sub-agent.
  mutating func id(_ note: InstanceNote, _ streamDigest: String) -> String {
    if let child = Identifier.clamped(note.child) { return child }
    let main = mainID(note.agent, session: note.session, streamDigest)
    guard let agentID = note.agentID, !agentID.isEmpty else { return main }
    return Identifier.clamped("\(note.session ?? main):\(agentID)") ?? main
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
  ///
  /// - Parameters:
  ///   - note: What a line says.
  ///   - arrival: When the line was read, in case that it says no time.
  ///   - streamDigest: What names an instance that has no name of its own.
  /// - Returns: The changes, those of relationships last.
  mutating func patches(
    for note: InstanceNote,
    at arrival: UnixTime,
    _ streamDigest: String
  ) -> [RecordPatch] {
    let main = mainID(note.agent, session: note.session, streamDigest)
    let id = self.id(note, streamDigest)
    let began = ColumnValue.integer((note.time?.unixTime ?? arrival).milliseconds)
    if note.isBare, let columns = known[id], !Self.comesBefore(began, columns["created_at"]) {
      return []
    }
    let stated = override == nil ? Identifier.clamped(note.parent) : nil
    let parent = (id == main ? stated : main).flatMap { $0 == id ? nil : $0 }
    if known.count >= Self.limit, known[id] == nil { known.removeAll() }
    let isNew = known[id] == nil
    var patches: [RecordPatch] = []
    if let patch = patch(of: id, note, parent, began) { patches.append(patch) }
    if isNew, let parent {
      patches += relationship(parent, id, note, began)
    }
    return patches
  }

  private mutating func patch(
    of id: String,
    _ note: InstanceNote,
    _ parent: String?,
    _ began: ColumnValue
  ) -> RecordPatch? {
    var patch = RecordPatch(.instance)
    patch.isObserved = true
    var columns = known[id] ?? [:]
    for (name, value) in beginning(of: note, parent, began)
    where Self.comesBefore(value, columns[name]) {
      guard (try? patch.setFirst(name, value)) != nil else { continue }
      columns[name] = value
    }
    for (name, value) in state(of: note) where columns[name] != value {
      guard (try? patch.set(name, value)) != nil else { continue }
      columns[name] = value
    }
    known[id] = columns
    guard !patch.values.isEmpty, (try? patch.set("id", .text(id))) != nil else { return nil }
    return patch
  }

  /// Whether nothing is known of a beginning yet, or a later one.
  private static func comesBefore(_ value: ColumnValue, _ known: ColumnValue?) -> Bool {
    guard case .integer(let time) = value, case .integer(let other) = known else {
      return known == nil
    }
    return time < other
  }

  /// How and where a session began, which stays.
  private func beginning(
    of note: InstanceNote,
    _ parent: String?,
    _ began: ColumnValue
  ) -> [(String, ColumnValue)] {
    let texts = [
      ("agent", note.agent == .mcp ? nil : note.agent.rawValue), ("parent_instance_id", parent),
      ("worktree_path", note.directory), ("branch_name", note.branch), ("repo", note.repository),
    ]
    let stated = texts.compactMap { name, text in
      text.flatMap { $0.isEmpty ? nil : (name, ColumnValue.text($0)) }
    }
    return stated + [("created_at", began)]
  }

  /// What a session is like now, which may change.
  private func state(of note: InstanceNote) -> [(String, ColumnValue)] {
    var values: [(String, ColumnValue)] = []
    if let model = note.model, !model.isEmpty { values.append(("model", .text(model))) }
    if !note.metadata.isEmpty {
      let text = String(decoding: note.metadata.json, as: UTF8.self)
      values.append(("metadata", .mergedJSON(text)))
    }
    return values
  }

  private func relationship(
    _ parent: String,
    _ child: String,
    _ note: InstanceNote,
    _ began: ColumnValue
  ) -> [RecordPatch] {
    var patch = RecordPatch(.relationship)
    patch.isObserved = true
    do throws(LineRejection) {
      try patch.set("parent_instance", .text(parent))
      try patch.set("child_instance", .text(child))
      try patch.set("relationship_type", .text(RelationshipType.spawnedSubagent.rawValue))
      try patch.setFirst("created_at", began)
      if let callID = note.callID {
        try patch.set("metadata", .mergedJSON("{\"call_id\":\(JSONText.quoted(callID))}"))
      }
    } catch { return [] }
    return [patch]
  }
}
