public import MCPEvents

/// Which events are asked for.
public struct MCPEventFilter: Hashable, Sendable {
  /// The instances that made them: any of these; all if empty.
  public var instanceIDs: [String]
  /// The tools: any of these; all if empty.
  public var toolNames: [String]
  /// How they ended: any of these; all if empty.
  public var outcomes: [Outcome]
  /// The earliest time of an event that matches.
  public var since: UnixTime?
  /// The first time that does not match any more.
  public var until: UnixTime?

  /// Describes a selection; without arguments that of all events.
  public init(
    instanceIDs: [String] = [],
    toolNames: [String] = [],
    outcomes: [Outcome] = [],
    since: UnixTime? = nil,
    until: UnixTime? = nil
  ) {
    self.instanceIDs = instanceIDs
    self.toolNames = toolNames
    self.outcomes = outcomes
    self.since = since
    self.until = until
  }
}

extension MCPEventFilter {
  /// The conditions of the filter, and the values that are bound to them.
  func conditions() throws(LineRejection) -> (sql: [String], values: [ColumnValue]) {
    if let since, let until, until < since {
      throw LineRejection(.contradiction, "'until' is before 'since'")
    }
    var sql: [String] = []
    var values: [ColumnValue] = []
    func add(_ column: String, _ words: [String]) {
      guard !words.isEmpty else { return }
      sql.append("\(column) IN (\(words.map { _ in "?" }.joined(separator: ", ")))")
      values += words.map { .text($0) }
    }
    add("instance_id", instanceIDs)
    add("tool_name", toolNames)
    add("outcome", outcomes.map(\.rawValue))
    if let since {
      sql.append("timestamp >= ?")
      values.append(.integer(since.milliseconds))
    }
    if let until {
      sql.append("timestamp < ?")
      values.append(.integer(until.milliseconds))
    }
    return (sql, values)
  }
}
