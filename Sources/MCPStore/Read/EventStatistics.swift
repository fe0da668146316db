internal import MCPEvents

/// What events have in common that are counted together.
package enum EventGrouping: String, CaseIterable, Sendable {
  case tool, kind, server, instance, session, outcome, hour, day

  /// The column of `mcp_events`; hours and days come from the time.
  fileprivate var column: String {
    switch self {
    case .tool: "tool_name"
    case .kind: "tool_kind"
    case .server: "server_name"
    case .instance: "instance_id"
    case .session: "session_id"
    case .outcome: "outcome"
    case .hour, .day: "timestamp"
    }
  }
}

/// The numbers of a group of events.
package struct EventStatistics: Sendable {
  package private(set) var events: Int64 = 0
  package private(set) var succeeded: Int64 = 0
  /// Error, denied and timeout.
  package private(set) var failed: Int64 = 0
  package private(set) var durations = DurationHistogram()

  fileprivate mutating func add(_ outcome: String, _ duration: Int64?) {
    events += 1
    switch Outcome(rawValue: outcome) {
    case .ok: succeeded += 1
    case .error, .denied, .timeout: failed += 1
    case .cancelled, .incomplete, .inputRequired, .unknown, nil: break
    }
    if let duration { durations.add(duration) }
  }
}

extension StoreSnapshot {
  /// Counts events in groups.
  ///
  /// - Parameters:
  ///   - filter: Which events.
  ///   - grouping: What those of a group have in common.
  ///   - offset: How many seconds the clock of hours and days is ahead of UTC at a moment.
  /// - Returns: The numbers of each group by its name; `nil` is those that have none.
  /// - Throws: What SQLite throws; a ``FilterError`` for a filter that is not clear.
  package func statistics(
    of filter: RecordFilter,
    by grouping: EventGrouping,
    offset: (Int64) -> Int64
  ) throws -> [String?: EventStatistics] {
    let columns = [grouping.column, "outcome", "duration_us"].joined(separator: ", ")
    let statement = try EventSelect(RecordQuery(filter), in: self).sql(columns)
    let select = try PreparedStatement(statement, in: self)
    defer { select.reset() }
    var groups: [String?: EventStatistics] = [:]
    while try select.step() {
      let name: String? =
        switch grouping {
        case .hour: Self.period(select.integer(0), 13, offset)
        case .day: Self.period(select.integer(0), 10, offset)
        case .tool, .kind, .server, .instance, .session, .outcome: select.string(0)
        }
      groups[name, default: EventStatistics()]
        .add(select.string(1) ?? "", select.optionalInteger(2))
    }
    return groups
  }

  /// The day, or the hour, of a moment: so many characters of its local time.
  private static func period(
    _ milliseconds: Int64,
    _ length: Int,
    _ offset: (Int64) -> Int64
  ) -> String {
    let shift = offset(milliseconds / 1000) * 1000
    let local = milliseconds.addingReportingOverflow(shift)
    let time = UnixTime(milliseconds: local.overflow ? milliseconds : local.partialValue)
    return String(time.description.prefix(length))
  }
}
