internal import GRDB
internal import MCPEvents

/// Stores one batch; it lives as long as the transaction.
struct BatchTransaction {
  private let database: Database
  private let context: RunContext
  private let patches: PatchWriter
  private var events: EventInsert
  private let lookup: EventLookup
  private let openCalls: OpenCallWriter

  /// What became of each line that holds records.
  private enum Fate: UInt8 {
    case nothingNew, effective, refused
  }

  private var fates: [Fate]
  private var nextID: Int64
  /// Whether the numbers are those that the hashes were made for.
  private(set) var isAsForecast: Bool

  init(
    _ database: Database,
    _ context: RunContext,
    _ batch: RecordBatch,
    firstID: Int64,
    isAsForecast: Bool,
    now: UnixTime,
    databaseID: String
  ) throws {
    self.database = database
    self.context = context
    self.isAsForecast = isAsForecast
    nextID = firstID
    patches = PatchWriter(database: database, surroundings: context.surroundings, now: now)
    events = try EventInsert(database)
    lookup = try EventLookup(database, databaseID: databaseID)
    openCalls = try OpenCallWriter(database, runID: context.runID)
    fates = Array(repeating: .nothingNew, count: batch.events.lines.count)
  }

  /// Stores everything, and leaves in `batch` only the events that are new, with their numbers.
  mutating func store(_ batch: inout RecordBatch, _ instances: inout BatchInstances) throws {
    defer { events.end() }
    var steps = batch.steps[...]
    var kept = 0
    for index in batch.events.rows.indices {
      while let step = steps.first, step.row <= index {
        try apply(steps.removeFirst().change, line: step.line, batch.events)
      }
      var row = batch.events.rows[index]
      guard try prepare(&row, &instances, batch.events) else {
        isAsForecast = false
        continue
      }
      try events.add(row, batch.events.bytes.span)
      note(row, at: kept, &instances)
      if kept != index || !isAsForecast { batch.events.rows[kept] = row }
      kept += 1
    }
    for step in steps { try apply(step.change, line: step.line, batch.events) }
    try events.flush(batch.events.bytes.span)
    batch.events.rows.removeLast(batch.events.count - kept)
  }

  // MARK: Events

  /// Gives the event its numbers, unless it is not to be stored.
  private mutating func prepare(
    _ row: inout EventRow,
    _ instances: inout BatchInstances,
    _ batch: EventBatch
  ) throws -> Bool {
    let instance = Int(row.instanceIndex)
    if !instances[instance].isResolved {
      try resolve(&instances[instance], batch.string(instances[instance].id), row)
    }
    if instances[instance].isRefused {
      note(.refused, line: row.line)
      return false
    }
    guard try isNew(&row, batch) else { return false }
    let sequence = instances[instance].nextSequence
    if row.id != nextID || row.instanceSequence != sequence { isAsForecast = false }
    (row.id, row.instanceSequence) = (nextID, sequence)
    nextID += 1
    instances[instance].nextSequence += 1
    return true
  }

  /// Whether there is no such event yet, nor a better record of the same call.
  ///
  /// An agent's call may have been recorded by another channel; the best of the weaker records of
  /// it is what the new one supersedes.
  private mutating func isNew(_ row: inout EventRow, _ batch: EventBatch) throws -> Bool {
    guard !row.eventUID.isNone else { return true }
    let bytes = batch.bytes.span
    let uid = bytes.extracting(row.eventUID.range)
    guard !row.sourceFormat.isNone else {
      try storePending(uid, batch)
      return try !lookup.isKnown(uid)
    }
    try events.flush(bytes)
    switch try lookup.versions(of: batch.string(row.eventUID)) {
    case .known: return false
    case .weaker(let id): row.supersedes = id
    case .none: break
    }
    if row.supersedes != nil { isAsForecast = false }
    return true
  }

  /// Stores the rows that wait if one of them is what a lookup of this uid has to find.
  private mutating func storePending(_ uid: Span<UInt8>, _ batch: EventBatch) throws {
    let bytes = batch.bytes.span
    if lookup.isOfOwnArchive(uid) || events.isPending(uid, bytes) { try events.flush(bytes) }
  }

  /// Looks the instance up, or makes it.
  private func resolve(
    _ entry: inout BatchInstances.Entry,
    _ id: String,
    _ row: EventRow
  ) throws {
    entry.isResolved = true
    entry.count = 0
    let select = try PreparedStatement("SELECT event_count FROM instances WHERE id = ?", database)
    defer { select.reset() }
    select.bind(id, at: 1)
    if try select.step() {
      entry.nextSequence = select.integer(0) + 1
    } else if context.unknownInstances == .create {
      try patches.makeInstance(id, at: row.timestamp)
      entry.nextSequence = 1
    } else {
      entry.isRefused = true
      return
    }
    try label(id)
  }

  private func label(_ id: String) throws {
    guard !context.labels.isEmpty else { return }
    var patch = RecordPatch(.instance)
    try patch.set("id", .text(id))
    try patch.set("metadata", .mergedJSON("{\"labels\":\(RunLabels.json(context.labels))}"))
    _ = try patches.apply(patch)
  }

  private mutating func note(_ row: EventRow, at index: Int, _ instances: inout BatchInstances) {
    let instance = Int(row.instanceIndex)
    note(.effective, line: row.line)
    instances[instance].count += 1
    if row.timestamp > instances[instance].newest { instances[instance].newest = row.timestamp }
    if row.isStatusUpdating, !row.statusChange.isNone { instances[instance].statusRow = index }
  }

  /// Records that a line did not cause, such as those of the end of a stream, change no count.
  private mutating func note(_ fate: Fate, line: Int32) {
    if line >= 0 { fates[Int(line)] = fate }
  }

  // MARK: Other records

  private mutating func apply(
    _ change: RecordBatch.Step.Change,
    line: Int32,
    _ batch: EventBatch
  ) throws {
    // A call whose event waits to be stored is not to be opened again.
    if case .open = change { try events.flush(batch.bytes.span) }
    let isEffective =
      switch change {
      case .upsert(let patch): try patches.apply(patch)
      case .open(let call): try openCalls.open(call, lookup)
      case .close(let uid): try openCalls.close(uid)
      case .forgetRejected(let id): try forgetRejected(id)
      }
    if isEffective { note(.effective, line: line) }
    if case .upsert(let patch) = change, patch.kind == .instance, let id = patch.text("id") {
      try label(id)
    }
  }

  /// - Throws: A ``StoreError`` when somebody else has stored or deleted the line meanwhile.
  private func forgetRejected(_ id: Int64) throws -> Bool {
    try database.execute(sql: "DELETE FROM rejected_lines WHERE id = ?", arguments: [id])
    guard database.changesCount > 0 else {
      throw StoreError(.logFailed, .conflict, "the rejected line \(id) is no longer there")
    }
    return true
  }

  // MARK: The end

  /// Brings the instances up to date with their events.
  func updateInstances(_ instances: BatchInstances, _ batch: EventBatch) throws {
    let update = try PreparedStatement(
      """
      UPDATE instances SET last_activity = MAX(last_activity, ?2), event_count = ?3 WHERE id = ?1
      """,
      database
    )
    for entry in instances.entries where entry.count > 0 {
      update.bind(batch.bytes.span.extracting(entry.id.range), at: 1)
      update.bind(entry.newest.milliseconds, at: 2)
      update.bind(entry.nextSequence - 1, at: 3)
      try update.run()
    }
    for row in batch.rows where row.isStatusUpdating && !row.statusChange.isNone {
      try moveStatus(row, batch)
    }
  }

  /// Moves the status of an instance, unless it was changed after the event.
  private func moveStatus(_ row: EventRow, _ batch: EventBatch) throws {
    let status = InstanceStatus(rawValue: batch.string(row.statusChange))
    guard status.isValid else { return }
    let update = try PreparedStatement(
      """
      UPDATE instances SET status = ?2, status_changed_at = ?3, terminated_at = ?4
      WHERE id = ?1 AND status_changed_at <= ?3
      """,
      database
    )
    update.bind(batch.string(row.instanceID), at: 1)
    update.bind(status.rawValue, at: 2)
    update.bind(row.timestamp.milliseconds, at: 3)
    update.bind(status.isFinal ? row.timestamp.milliseconds : nil, at: 4)
    try update.run()
  }

  /// The counts of the batch's lines, and those that are refused here.
  func counts(of batch: RecordBatch) -> (counts: LineCounts, refused: [RejectedLine]) {
    var counts = batch.counts
    var refused: [RejectedLine] = []
    for (line, fate) in zip(batch.events.lines, fates) {
      switch fate {
      // Line 0 was not read: the recorder itself has added it.
      case .effective: counts.events += line.position.number > 0 ? 1 : 0
      case .nothingNew: counts.duplicates += line.position.number > 0 ? 1 : 0
      case .refused:
        let bytes = Array(batch.events.bytes[line.bytes.range])
        refused.append(
          RejectedLine(position: line.position, reason: Self.unknownInstance, bytes: bytes)
        )
      }
    }
    counts.rejected += Int64(refused.count + batch.rejected.count)
    return (counts, refused)
  }

  private static let unknownInstance = LineRejection(
    .unknownInstance,
    "the instance is not known; create it first, or drop --unknown-instance reject"
  )
}
