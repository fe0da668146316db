internal import MCPEvents

/// The way to the events of a query: in the order of their ids, or by an index.
///
/// SQLite, which keeps no statistics here, would take an index for any equality, and then sort all
/// that it finds. That is best for what is rare; of what is common the first page is found sooner
/// by walking along the ids. So the entries of the index are counted, up to a limit.
struct EventAccess: Hashable {
  /// The name of the index; `nil` is the table itself.
  let index: String?

  static let table = Self(index: nil)

  /// What stands behind the table's name.
  var clause: String { index.map { "INDEXED BY \($0)" } ?? "NOT INDEXED" }

  /// The condition that an index serves.
  struct Candidate {
    let index: String
    let condition: SQLFragment
  }

  /// So many entries are read and sorted within 20 ms.
  static let quickCount: Int64 = 50_000
  /// Of a larger part of the table a walk through all of it is faster.
  private static let largestPart: Int64 = 8

  /// Chooses the index with the fewest entries, if they are few enough.
  ///
  /// - Parameters:
  ///   - filter: The filter.
  ///   - quickCount: So many entries are always worth it.
  ///   - isPage: Whether only the first rows are wanted.
  ///   - snapshot: Where the entries are counted.
  /// - Returns: The way.
  /// - Throws: What SQLite throws.
  static func best(
    for filter: FilterSQL,
    quickCount: Int64 = quickCount,
    isPage: Bool,
    in snapshot: StoreSnapshot
  ) throws -> Self {
    var limit = quickCount
    if !isPage {
      limit = max(
        limit,
        try snapshot.integer(SQLFragment("SELECT MAX(id) FROM mcp_events")) / largestPart
      )
    }
    var best = table
    for candidate in filter.accessCandidates where limit > 0 {
      let count = try snapshot.integer(
        SQLFragment(
          "SELECT COUNT(*) FROM (SELECT 1 FROM mcp_events INDEXED BY \(candidate.index) WHERE "
        )
          + candidate.condition + SQLFragment(" LIMIT ?)", [.integer(limit)])
      )
      guard count < limit else { continue }
      (best, limit) = (Self(index: candidate.index), count)
    }
    return best
  }
}

extension FilterSQL {
  /// The indexes that serve a part of the filter, each with that part.
  var accessCandidates: [EventAccess.Candidate] {
    let time = time("timestamp")
    var candidates: [EventAccess.Candidate] = []
    func add(_ index: String, _ condition: SQLFragment) {
      candidates.append(.init(index: index, condition: .all([condition] + time)))
    }
    if let condition = instanceMatches("instance_id") { add("mcp_events_instance", condition) }
    if let condition = plainTools { add("mcp_events_tool", condition) }
    if isFailed { add("mcp_events_failed", SQLFragment("success = 0")) }
    if !time.isEmpty { add("mcp_events_timestamp", .all([])) }
    return candidates
  }
}

/// The statement for the events of a query.
struct EventSelect {
  let filter: FilterSQL
  let query: RecordQuery
  let access: EventAccess

  init(_ query: RecordQuery, in snapshot: StoreSnapshot) throws {
    self.query = query
    filter = try FilterSQL(query.filter, in: snapshot)
    access =
      query.afterID != nil
      ? .table : try EventAccess.best(for: filter, isPage: query.limit != nil, in: snapshot)
  }

  private var condition: SQLFragment {
    let later = query.afterID.map { SQLFragment("mcp_events.id > ?", [.integer($0)]) }
    return .all([later].compactMap(\.self) + [filter.ofVersions])
  }

  private var isCurrent: SQLFragment {
    let isForFew = query.limit != nil || query.afterID != nil || access != .table
    return filter.isCurrent(isForFew: isForFew)
  }

  /// The statement, which yields `columns` of the events.
  func sql(_ columns: String) -> SQLFragment {
    guard access != .table || query.orderColumn != nil else {
      return SQLFragment("SELECT \(columns) FROM mcp_events NOT INDEXED WHERE ")
        + .all([condition, isCurrent]) + RecordTable.events.order(query) + query.page
    }
    // Only ids are sorted, never whole events, and what replaces them is looked up for those of the
    // page only. The LIMIT keeps SQLite from leaving the order out.
    let clause = access == .table ? "" : access.clause
    let inner =
      SQLFragment("SELECT id AS picked FROM mcp_events \(clause) WHERE ")
      + (ofIndex ?? condition) + RecordTable.events.order(query) + SQLFragment(" LIMIT -1")
    let outer = ofIndex == nil ? isCurrent : .all([condition, isCurrent])
    return inner.enclosed(
      "SELECT \(columns) FROM (",
      ") CROSS JOIN mcp_events NOT INDEXED ON mcp_events.id = picked WHERE "
    ) + outer + query.page
  }

  /// What the index alone decides: in the order of ids no event is read for more than that before
  /// those of the page are known.
  private var ofIndex: SQLFragment? {
    guard query.orderColumn == nil else { return nil }
    return filter.accessCandidates.first { $0.index == access.index }?.condition
  }
}

extension RecordTable {
  /// The order of a statement, always a complete one.
  func order(_ query: RecordQuery) -> SQLFragment {
    var columns = logOrder
    if let first = query.orderColumn { columns = [first] + logOrder.filter { $0 != first } }
    let direction = query.isDescending ? " DESC" : ""
    let order = columns.map { $0 + direction }.joined(separator: ", ")
    return SQLFragment(" ORDER BY \(order)")
  }
}

extension RecordQuery {
  /// The end of a statement.
  var page: SQLFragment {
    SQLFragment(
      " LIMIT ? OFFSET ?",
      [.integer(Int64(limit ?? -1)), .integer(Int64(offset))]
    )
  }
}
