internal import GRDB

internal import MCPEvents

/// Recomputes every seal of the log of batches from the events that are there.
struct SealCheck {
  private let database: Database
  private var sealer: Sealer
  private var hasher = TreeHasher()
  private var peaks = TreePeaks()
  private var nextID: Int64 = 1
  private var missing: [ClosedRange<Int64>] = []
  private var erased: [ClosedRange<Int64>] = []

  init(_ database: Database, origin: String) {
    self.database = database
    sealer = Sealer(origin: origin)
  }

  /// One row of the log.
  private struct Entry {
    let sequence: Int64
    let kind: String
    let ids: Range<Int64>
    let leaves: [UInt8]
    let root: [UInt8]
    let nodes: [UInt8]
    let reason: String?

    init(_ row: PreparedStatement) {
      sequence = row.integer(0)
      kind = row.string(1) ?? ""
      ids = row.integer(2)..<row.integer(2) + max(0, row.integer(3))
      leaves = row.bytes(4)
      root = row.bytes(5)
      nodes = row.bytes(6)
      reason = row.string(7)
    }
  }

  mutating func run(_ report: inout CheckReport) throws {
    let select = try PreparedStatement(
      """
      SELECT seq, kind, first_id, count, leaves, root, nodes, reason FROM event_batches
      ORDER BY seq
      """,
      database
    )
    defer { select.reset() }
    while try select.step() {
      let entry = Entry(select)
      report.batches += 1
      checkLog(entry, &report)
      switch entry.kind {
      case BatchLog.Kind.erasure.rawValue: checkErasure(entry, &report)
      default: try checkEvents(entry, &report)
      }
    }
    try checkUnsealed(&report)
    report.erasedEvents = erased.reduce(0) { $0 + Int64($1.count) }
    for range in IDRanges.subtract(erased, from: missing) {
      report.note("\(Self.name(range)) missing, and not known to have been erased")
    }
    for range in IDRanges.subtract(missing, from: erased) {
      report.note("\(Self.name(range)) there, although sealed as erased")
    }
  }

  private static func name(_ range: ClosedRange<Int64>) -> String {
    range.count == 1
      ? "event \(range.lowerBound) is"
      : "events \(range.lowerBound) to \(range.upperBound) are"
  }

  // MARK: The log

  private mutating func checkLog(_ entry: Entry, _ report: inout CheckReport) {
    let place = "batch \(entry.sequence)"
    if entry.sequence != peaks.count + 1 {
      report.note("\(place) follows batch \(peaks.count): batches are missing")
    }
    if TreeHasher.root(of: entry.leaves.span).bytes != entry.root {
      report.note("\(place) has leaves that do not add up to its root")
    }
    let completed = peaks.append(hasher.leaf(entry.root))
    if completed.flatMap(\.bytes) != entry.nodes {
      report.note("\(place) has nodes that do not follow from the batches before")
    }
    if entry.ids.lowerBound != nextID {
      report.note("\(place) begins with event \(entry.ids.lowerBound) instead of \(nextID)")
    }
    nextID = entry.ids.upperBound
  }

  private mutating func checkErasure(_ entry: Entry, _ report: inout CheckReport) {
    guard let text = entry.reason, let note = ErasureNote(text: text),
      hasher.leaf(Array(text.utf8)).bytes == entry.leaves
    else {
      return report.note("batch \(entry.sequence) is an erasure whose note was changed")
    }
    erased += note.ids
  }

  // MARK: Events

  private mutating func checkEvents(_ entry: Entry, _ report: inout CheckReport) throws {
    guard entry.leaves.count == entry.ids.count * TreeHash.byteCount else {
      return report.note("batch \(entry.sequence) has not one leaf for each of its events")
    }
    let select = try PreparedStatement(
      EventReading.sql("WHERE id >= ? AND id < ? ORDER BY id"),
      database
    )
    defer { select.reset() }
    select.bind([.integer(entry.ids.lowerBound), .integer(entry.ids.upperBound)])
    var expected = entry.ids.lowerBound
    var batch = EventBatch()
    while try select.step() {
      batch.removeAll()
      batch.append(EventReading.row(select, &batch))
      let row = batch.rows[0]
      report.events += 1
      if row.id > expected { missing.append(expected...row.id - 1) }
      expected = row.id + 1
      let start = Int(row.id - entry.ids.lowerBound) * TreeHash.byteCount
      // An imported event was sealed in its own database, under its number there.
      let isForeign = select.integer(EventReading.originColumn) != 0
      let isChanged =
        isForeign
        ? entry.kind != BatchLog.Kind.import.rawValue
        : sealer.leaves(of: batch).bytes != Array(entry.leaves[start..<start + 32])
      if isChanged {
        report.note("event \(row.id) was changed after it was sealed in batch \(entry.sequence)")
      }
    }
    if expected < entry.ids.upperBound { missing.append(expected...entry.ids.upperBound - 1) }
  }

  private func checkUnsealed(_ report: inout CheckReport) throws {
    let count =
      try Int64.fetchOne(
        database,
        sql: "SELECT COUNT(*) FROM mcp_events WHERE id >= ? OR id < 1",
        arguments: [nextID]
      ) ?? 0
    report.events += count
    if count > 0 { report.note("\(count) events are in no sealed batch") }
  }
}

/// Sets of numbers as closed ranges.
enum IDRanges {
  /// What is in `ranges` and not in `others`.
  static func subtract(
    _ others: [ClosedRange<Int64>],
    from ranges: [ClosedRange<Int64>]
  ) -> [ClosedRange<Int64>] {
    let others = others.sorted { $0.lowerBound < $1.lowerBound }
    var result: [ClosedRange<Int64>] = []
    var index = 0
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      var start = range.lowerBound
      while index < others.count, others[index].upperBound < start { index += 1 }
      var next = index
      while next < others.count, others[next].lowerBound <= range.upperBound {
        if others[next].lowerBound > start { result.append(start...others[next].lowerBound - 1) }
        start = max(start, others[next].upperBound + 1)
        next += 1
      }
      if start <= range.upperBound { result.append(start...range.upperBound) }
    }
    return result
  }
}
