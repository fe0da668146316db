internal import GRDB
internal import MCPEvents

/// The part of a snapshot that an archive holds.
///
/// Without a property of events these are all instances that the filter means, and their events;
/// with one, those events and the instances they name. In either case come all ancestors of these
/// instances, the relationships with both ends among them, and the runs that recorded the events.
///
/// Records come in an order that is the same on every machine.
package struct StoreSlice {
  let snapshot: StoreSnapshot
  let filter: RecordFilter
  /// Whether it is the whole database.
  private let isEverything: Bool

  /// Finds out what belongs to the slice.
  ///
  /// - Parameters:
  ///   - filter: What is meant.
  ///   - snapshot: Where it is.
  /// - Throws: What SQLite throws; a ``FilterError`` for a filter that is not clear.
  package init(_ filter: RecordFilter, of snapshot: StoreSnapshot) throws {
    self.filter = filter
    self.snapshot = snapshot
    isEverything = !filter.hasEventConditions && !filter.hasInstanceConditions
    if !isEverything { try collect() }
  }

  // MARK: Collecting

  /// Tables of this connection only; SQLite keeps them outside of the database.
  private static let tables = """
    DROP TABLE IF EXISTS temp.slice_instances;
    DROP TABLE IF EXISTS temp.slice_runs;
    CREATE TEMP TABLE slice_instances (id TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE slice_runs (id INTEGER PRIMARY KEY);
    """

  private func collect() throws {
    try snapshot.database.execute(sql: Self.tables)
    let conditions = try FilterSQL(filter, in: snapshot)
    if filter.hasEventConditions {
      try collect(try EventSelect(RecordQuery(filter), in: snapshot).sql(Self.noted))
    } else {
      let instances =
        SQLFragment("INSERT INTO slice_instances SELECT id FROM instances WHERE ")
        + conditions.ofInstances
      try PreparedStatement(instances, in: snapshot).run()
      try collect(Self.eventsOfInstances)
    }
    try PreparedStatement(SQLFragment(Self.addAncestors), in: snapshot).run()
  }

  private static let eventsOfInstances = SQLFragment(
    """
    SELECT id, instance_id FROM mcp_events INDEXED BY mcp_events_instance
    WHERE instance_id IN (SELECT id FROM slice_instances)
    """
  )

  private static let addAncestors = """
    INSERT OR IGNORE INTO slice_instances
    WITH RECURSIVE above (id) AS (
      SELECT id FROM slice_instances
      UNION SELECT i.parent_instance_id FROM above JOIN instances AS i ON i.id = above.id
        WHERE i.parent_instance_id IS NOT NULL
      UNION SELECT r.parent_instance FROM above
        JOIN relationships AS r ON r.child_instance = above.id
    )
    SELECT id FROM above
    """

  /// What is read of an event to collect it.
  private static let noted = "mcp_events.id, mcp_events.instance_id"

  /// Notes the instances and the runs of the events that a statement yields.
  private func collect(_ events: SQLFragment) throws {
    var instances = try Collector("INSERT OR IGNORE INTO slice_instances VALUES (?)", snapshot)
    let insertRun = try PreparedStatement(
      "INSERT OR IGNORE INTO slice_runs VALUES (?)",
      snapshot.database
    )
    var lookup = try RunLookup(in: snapshot)
    let select = try PreparedStatement(events, in: snapshot)
    defer { select.reset() }
    while try select.step() {
      try instances.add(select, 1)
      guard let run = lookup.nextRun(of: select.integer(0)) else { continue }
      insertRun.bind(run, at: 1)
      try insertRun.run()
    }
  }

  // MARK: Conditions

  /// The condition that `column` is an instance of the slice.
  private func isInside(_ column: String) -> SQLFragment {
    isEverything ? .all([]) : SQLFragment("\(column) IN (SELECT id FROM slice_instances)")
  }

  var instances: SQLFragment {
    SQLFragment("FROM instances INDEXED BY instances_created_at WHERE ") + isInside("id")
      + " ORDER BY created_at, id"
  }

  var relationships: SQLFragment {
    SQLFragment("FROM relationships WHERE ")
      + .all([isInside("parent_instance"), isInside("child_instance")])
      + " ORDER BY parent_instance, child_instance, relationship_type"
  }

  var runs: SQLFragment {
    let condition = isEverything ? "" : " WHERE id IN (SELECT id FROM slice_runs)"
    return SQLFragment("FROM ingest_runs\(condition) ORDER BY id")
  }

  /// The issues that instances of the slice work on.
  var issues: SQLFragment {
    let works = """
      issue_number = number AND COALESCE(repo = repo_owner || '/' || repo_name, 1) AND
      """
    let condition =
      isEverything
      ? .all([]) : isInside("id").enclosed("EXISTS (SELECT 1 FROM instances WHERE \(works) ", ")")
    return SQLFragment("FROM github_issues WHERE ") + condition
      + " ORDER BY repo_owner, repo_name, number"
  }
}

/// Puts texts into a table, each that comes several times in a row once.
private struct Collector {
  private let insert: PreparedStatement
  private var last: [UInt8] = []
  private var current: [UInt8] = []

  init(_ sql: String, _ snapshot: StoreSnapshot) throws {
    insert = try PreparedStatement(sql, snapshot.database)
  }

  /// Adds the text in a column of the current row.
  mutating func add(_ select: PreparedStatement, _ column: Int32) throws {
    current.removeAll(keepingCapacity: true)
    select.append(column, to: &current)
    guard current != last else { return }
    let text = current
    insert.bind(text.span, at: 1)
    try insert.run()
    swap(&last, &current)
  }
}
