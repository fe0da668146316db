internal import MCPEvents

/// The statement for the rows of a query, of whichever table.
struct RowSelect {
  let table: RecordTable
  let query: RecordQuery
  let snapshot: StoreSnapshot

  /// The statement, which yields `columns`.
  func sql(_ columns: String) throws -> SQLFragment {
    guard table != .events else { return try EventSelect(query, in: snapshot).sql(columns) }
    return SQLFragment("SELECT \(columns) FROM \(table.rawValue) WHERE ")
      + (try condition()) + table.order(query) + query.page
  }

  private func condition() throws -> SQLFragment {
    let filter = try FilterSQL(query.filter, in: snapshot)
    switch table {
    case .events: return filter.ofEvents
    case .instances: return filter.ofInstances
    case .relationships: return filter.ofRelationships
    case .issues: return try filter.ofIssues(query.filter)
    case .runs: return try ofRuns(filter)
    case .rejected:
      let run = query.runID.map { SQLFragment("run_id = ?", [.integer($0)]) }
      return .all([run].compactMap(\.self) + filter.time("received_at"))
    }
  }

  /// A run is meant by its own host, labels and start; by anything else if it recorded such events.
  private func ofRuns(_ filter: FilterSQL) throws -> SQLFragment {
    var own = [PatternSQL.condition(query.filter.instances.hosts, on: "host")].compactMap(\.self)
    own += query.filter.instances.labels.compactMap { InstanceSQL.label($0, in: "labels", at: "$") }
    own += filter.time("started_at")
    var rest = query.filter
    (rest.instances.hosts, rest.instances.labels) = ([], [])
    (rest.since, rest.until) = (nil, nil)
    guard rest.hasInstanceConditions || rest.hasEventConditions else { return .all(own) }
    var lookup = try RunLookup(in: snapshot)
    let runs = try lookup.runs(of: rest)
    let list = "[" + runs.map { String($0) }.joined(separator: ",") + "]"
    return .all(own + [SQLFragment("id IN (SELECT value FROM json_each(?))", [.text(list)])])
  }
}
