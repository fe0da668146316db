internal import GRDB
internal import MCPEvents

/// Upserts instances, relationships and issues inside a transaction.
struct PatchWriter {
  let database: Database
  let surroundings: Surroundings
  /// The moment that counts as now.
  let now: UnixTime

  /// Applies a patch: columns that are present change, null clears, the others stay.
  ///
  /// - Returns: Whether anything is different from before.
  func apply(_ patch: RecordPatch) throws -> Bool {
    try makeReferenced(by: patch)
    let patch = try located(patch)
    guard let old = try row(of: patch) else {
      try insert(patch)
      return true
    }
    return try update(patch, old)
  }

  /// Makes sure that there is an instance called `id`.
  ///
  /// - Returns: Whether it had to be made.
  @discardableResult
  func makeInstance(_ id: String, at time: UnixTime) throws -> Bool {
    guard try !exists(id) else { return false }
    var patch = RecordPatch(.instance)
    try patch.set("id", .text(id))
    let known = [
      ("worktree_path", surroundings.worktreePath), ("branch_name", surroundings.branchName),
      ("repo", surroundings.repository),
    ]
    for case (let column, let value?) in known { try patch.set(column, .text(value)) }
    patch.isObserved = true
    try patch.set("created_at", .integer(time.milliseconds))
    try insert(located(patch))
    return true
  }

  /// Adds to an instance that was observed where that was.
  private func located(_ patch: RecordPatch) throws -> RecordPatch {
    guard patch.kind == .instance, patch.isObserved else { return patch }
    var patch = patch
    let places = [("host", surroundings.host), ("os_user", surroundings.user)]
    for case (let column, let value?) in places where patch[column] == nil {
      try patch.setFirst(column, .text(value))
    }
    return patch
  }

  private func exists(_ id: String) throws -> Bool {
    let select = try PreparedStatement("SELECT 1 FROM instances WHERE id = ?", database)
    defer { select.reset() }
    select.bind(id, at: 1)
    return try select.step()
  }

  /// Instances that others name exist from then on.
  private func makeReferenced(by patch: RecordPatch) throws {
    let names =
      switch patch.kind {
      case .instance: [patch.text("parent_instance_id")]
      case .relationship: [patch.text("parent_instance"), patch.text("child_instance")]
      case .issue: [String?]()
      }
    for case let name? in names where name != patch.text("id") {
      if patch.isObserved {
        try makeSession(name, of: patch)
      } else {
        try makeInstance(name, at: now)
      }
    }
  }

  /// Makes sure that there is an instance for a session of which nothing is known but its id: what
  /// is around the writer is not what is around the session.
  private func makeSession(_ id: String, of child: RecordPatch) throws {
    guard try !exists(id) else { return }
    var patch = RecordPatch(.instance)
    patch.isObserved = true
    try patch.set("id", .text(id))
    if let time = child["created_at"] { try patch.set("created_at", time) }
    try insert(located(patch))
  }

  // MARK: Reading

  /// The stored values of all columns, or `nil` when there is no such row.
  private func row(of patch: RecordPatch) throws -> [ColumnValue]? {
    let select = try PreparedStatement(patch.kind.selectByKey, database)
    defer { select.reset() }
    for (index, key) in patch.kind.keys.enumerated() {
      select.bind(patch[key.name] ?? .null, at: Int32(index + 1))
    }
    guard try select.step() else { return nil }
    return patch.kind.columns.enumerated().map { select.value(of: $1, Int32($0)) }
  }

  // MARK: Writing

  private func insert(_ patch: RecordPatch) throws {
    let patch = try withDefaults(patch)
    let columns = patch.values.map(\.column)
    let sql = """
      INSERT INTO \(patch.kind.table) (\(columns.map(\.name).joined(separator: ", ")))
      VALUES (\(columns.map { _ in "?" }.joined(separator: ", ")))
      """
    let statement = try PreparedStatement(sql, database)
    for (index, assignment) in patch.values.enumerated() {
      statement.bind(assignment.value, at: Int32(index + 1))
    }
    try statement.run()
  }

  private func withDefaults(_ patch: RecordPatch) throws -> RecordPatch {
    var patch = try patch.withoutNulls
    switch patch.kind {
    case .instance:
      try patch.setDefault("created_at", .integer(now.milliseconds))
      let created = patch["created_at"] ?? .integer(now.milliseconds)
      try patch.setDefault("last_activity", created)
      try patch.setDefault("status_changed_at", created)
      if patch.setsFinalStatus { try patch.setDefault("terminated_at", created) }
    case .relationship: try patch.setDefault("created_at", .integer(now.milliseconds))
    case .issue: try patch.setDefault("synced_at", .integer(now.milliseconds))
    }
    return patch
  }

  private func update(_ patch: RecordPatch, _ old: [ColumnValue]) throws -> Bool {
    var changes = RecordPatch(patch.kind)
    for (column, value) in zip(patch.kind.columns, old) where column.role != .key {
      guard let new = patch[column.name] else { continue }
      let merged =
        patch.firstColumns.contains(column.name)
        ? first(new, value) : try merge(new, into: value)
      let isDefaulted = merged == .null && column.isNeverNull
      if merged != value, !isDefaulted { try changes.set(column.name, merged) }
    }
    guard !changes.values.isEmpty else { return false }
    if patch.isObserved {
      try moveFirstStatus(&changes, old)
    } else {
      try addConsequences(to: &changes, old)
    }
    let assignments = changes.values.map { "\($0.column.name) = ?" }.joined(separator: ", ")
    let keys = patch.kind.keys
    let conditions = keys.map { "\($0.name) = ?" }.joined(separator: " AND ")
    let statement = try PreparedStatement(
      "UPDATE \(patch.kind.table) SET \(assignments) WHERE \(conditions)",
      database
    )
    let values = changes.values.map(\.value) + keys.map { patch[$0.name] ?? .null }
    for (index, value) in values.enumerated() { statement.bind(value, at: Int32(index + 1)) }
    try statement.run()
    return true
  }

  /// A status that never changed is as old as the instance, of which the beginning may be learnt
  /// later: else what happened between would count as older than the status.
  private func moveFirstStatus(_ changes: inout RecordPatch, _ old: [ColumnValue]) throws {
    guard changes.kind == .instance, let created = changes["created_at"] else { return }
    let columns = changes.kind.columns
    let times = ["created_at", "status_changed_at"].map { name in
      columns.firstIndex { $0.name == name }.map { old[$0] }
    }
    if times[0] == times[1] { try changes.set("status_changed_at", created) }
  }

  /// A changed instance was active, unless its change was only noticed; a changed status was
  /// changed now.
  private func addConsequences(
    to changes: inout RecordPatch,
    _ old: [ColumnValue]
  ) throws {
    switch changes.kind {
    case .instance:
      let last = changes.kind.columns.firstIndex { $0.name == "last_activity" }.map { old[$0] }
      if case .integer(let last)? = last, last < now.milliseconds {
        try changes.setDefault("last_activity", .integer(now.milliseconds))
      }
      guard changes["status"] != nil else { return }
      try changes.set("status_changed_at", .integer(now.milliseconds))
      let ended: ColumnValue = changes.setsFinalStatus ? .integer(now.milliseconds) : .null
      try changes.setDefault("terminated_at", ended)
    case .issue: try changes.set("synced_at", .integer(now.milliseconds))
    case .relationship: break
    }
  }

  /// The value that is there, unless the new one is an earlier time.
  private func first(_ new: ColumnValue, _ old: ColumnValue) -> ColumnValue {
    guard case .integer(let time) = new, case .integer(let known) = old else {
      return old == .null ? new : old
    }
    return .integer(min(time, known))
  }

  private func merge(_ new: ColumnValue, into old: ColumnValue) throws -> ColumnValue {
    guard case .mergedJSON(let patch) = new else { return new }
    guard case .json(let text) = old else { return .json(patch) }
    let statement = try PreparedStatement(
      "SELECT json_patch(CASE json_type(?1) WHEN 'object' THEN ?1 ELSE '{}' END, ?2)",
      database
    )
    defer { statement.reset() }
    statement.bind(text, at: 1)
    statement.bind(patch, at: 2)
    guard try statement.step(), let merged = statement.string(0) else { return old }
    return .json(merged)
  }
}

extension RecordPatch {
  fileprivate var setsFinalStatus: Bool {
    text("status").map { InstanceStatus(rawValue: $0).isFinal } ?? false
  }

  /// What a new row needs: its other columns are NULL or have defaults anyway.
  fileprivate var withoutNulls: RecordPatch {
    get throws {
      var patch = RecordPatch(kind)
      for (column, value) in values where value != .null { try patch.set(column.name, value) }
      return patch
    }
  }
}

extension MCPEvents.Column {
  /// Whether the schema gives the column a value where none is given.
  fileprivate var isNeverNull: Bool {
    ["type", "status", "created_at", "last_activity", "agent_number", "review_iteration", "title"]
      .contains(name) || name == "state"
  }
}

extension RecordKind {
  /// The statement that finds one row by its key.
  fileprivate var selectByKey: String {
    let names = columns.map(\.name).joined(separator: ", ")
    let conditions = keys.map { "\($0.name) = ?" }.joined(separator: " AND ")
    return "SELECT \(names) FROM \(table) WHERE \(conditions)"
  }
}
