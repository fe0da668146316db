internal import GRDB
internal import MCPEvents

/// The log of sealed batches: one RFC 6962 tree whose leaves are the roots of the batches.
struct BatchLog: Sendable {
  /// What a row of the log is about.
  enum Kind: String, Sendable {
    case events
    case erasure
    case `import`
  }

  /// One batch on its way into the log.
  struct Entry {
    var kind = Kind.events
    var runID: Int64?
    var firstID: Int64
    var count: Int
    var leaves: [UInt8]
    var root: TreeHash
    var reason: String?
    var sealedAt: UnixTime
  }

  /// The complete subtrees over all batches so far.
  private(set) var peaks = TreePeaks()
  /// The id of the next event.
  private(set) var nextID: Int64 = 1
  private var hasher = TreeHasher()

  /// The number of batches.
  var count: Int64 { peaks.count }

  /// Reads what other writers have appended since; called inside the transaction.
  ///
  /// - Returns: Whether there was anything new.
  mutating func refresh(_ database: Database) throws -> Bool {
    let last = try PreparedStatement(
      "SELECT seq, first_id + count FROM event_batches ORDER BY seq DESC LIMIT 1",
      database
    )
    defer { last.reset() }
    guard try last.step() else {
      let isChanged = count != 0
      (peaks, nextID) = (TreePeaks(), 1)
      return isChanged
    }
    let (sequence, next) = (last.integer(0), last.integer(1))
    guard sequence != count || next != nextID else { return false }
    peaks = try Self.peaks(count: sequence, database)
    nextID = next
    return true
  }

  /// Appends a batch; called inside the transaction, after ``refresh(_:)``.
  mutating func append(_ entry: Entry, _ database: Database) throws {
    let leaf = hasher.leaf(entry.root.bytes)
    let completed = peaks.append(leaf)
    let insert = try PreparedStatement(
      """
      INSERT INTO event_batches
        (seq, kind, run_id, first_id, count, leaves, root, nodes, sealed_at, reason)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      database
    )
    insert.bind(peaks.count, at: 1)
    insert.bind(entry.kind.rawValue, at: 2)
    insert.bind(entry.runID, at: 3)
    insert.bind(entry.firstID, at: 4)
    insert.bind(Int64(entry.count), at: 5)
    insert.bind(blob: entry.leaves, at: 6)
    insert.bind(blob: entry.root.bytes, at: 7)
    insert.bind(blob: completed.flatMap(\.bytes), at: 8)
    insert.bind(entry.sealedAt.milliseconds, at: 9)
    insert.bind(entry.reason, at: 10)
    try insert.run()
    nextID = entry.firstID + Int64(entry.count)
  }

  /// Reads the complete subtrees of the first `count` batches: one row for each.
  static func peaks(count: Int64, _ database: Database) throws -> TreePeaks {
    var hasher = TreeHasher()
    var hashes: [TreeHash] = []
    var end: Int64 = 0
    for level in (0..<63).reversed() where count & (1 << level) != 0 {
      end += 1 << level
      hashes.append(try node(level: level, endingAt: end, &hasher, database))
    }
    guard let peaks = TreePeaks(count: count, hashes: hashes) else {
      throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "the log of batches is damaged")
    }
    return peaks
  }

  /// The node over the 2^level batches that end with the batch `end`.
  private static func node(
    level: Int,
    endingAt end: Int64,
    _ hasher: inout TreeHasher,
    _ database: Database
  ) throws -> TreeHash {
    let select = try PreparedStatement(
      "SELECT root, nodes FROM event_batches WHERE seq = ?",
      database
    )
    defer { select.reset() }
    select.bind(end, at: 1)
    if try select.step() {
      if level == 0 { return hasher.leaf(select.bytes(0)) }
      let nodes = select.bytes(1)
      let start = (level - 1) * TreeHash.byteCount
      if nodes.count >= start + TreeHash.byteCount,
        let hash = TreeHash(nodes.span.extracting(start..<start + TreeHash.byteCount))
      {
        return hash
      }
    }
    throw DatabaseError(
      resultCode: .SQLITE_CORRUPT,
      message: "the log of batches is damaged at batch \(end)"
    )
  }
}
