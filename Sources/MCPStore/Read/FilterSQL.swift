internal import MCPEvents

/// A filter as conditions for one snapshot, its words looked up.
struct FilterSQL {
  /// What must hold of a row of `instances`.
  let instance: [SQLFragment]
  /// What must hold of a row of `mcp_events`, besides its instance, its time, and that it is current.
  private let event: [SQLFragment]

  private let filter: RecordFilter

  init(_ filter: RecordFilter, in snapshot: StoreSnapshot) throws {
    self.filter = filter
    instance = try InstanceSQL(snapshot: snapshot).conditions(filter.instances)
    event = EventSQL.conditions(filter.events)
  }

  /// The condition that leaves out the events that were replaced, if they are to be left out.
  ///
  /// - Parameter isForFew: Whether only a small part of the table is looked at.
  /// - Returns: The condition.
  func isCurrent(isForFew: Bool) -> SQLFragment {
    guard !filter.includesSuperseded else { return .all([]) }
    return SQLFragment(isForFew ? CurrentEvents.lookingUp : CurrentEvents.gathering)
  }

  /// The condition that a time lies between the filter's.
  func time(_ column: String) -> [SQLFragment] {
    var conditions: [SQLFragment] = []
    if let since = filter.since {
      conditions.append(SQLFragment("\(column) >= ?", [.integer(since.milliseconds)]))
    }
    if let until = filter.until {
      conditions.append(SQLFragment("\(column) < ?", [.integer(until.milliseconds)]))
    }
    return conditions
  }

  /// The condition on the tool, if it names tools in plain words only.
  var plainTools: SQLFragment? {
    let tools = GlobSet(filter.events.tools)
    let isPlain = tools.excluded.isEmpty && tools.included.allSatisfy { $0.literal != nil }
    return isPlain ? PatternSQL.condition(filter.events.tools, on: "tool_name") : nil
  }

  /// Whether only failures are meant.
  var isFailed: Bool { filter.events.isFailed }

  // MARK: Tables

  /// What must hold of an event's instance, as a condition on `column`.
  func instanceMatches(_ column: String) -> SQLFragment? {
    guard !instance.isEmpty else { return nil }
    return SQLFragment.all(instance)
      .enclosed("\(column) IN (SELECT id FROM instances WHERE ", ")")
  }

  /// What must hold of a row of `mcp_events`, besides that it is current.
  var ofVersions: SQLFragment {
    .all([instanceMatches("instance_id")].compactMap(\.self) + event + time("timestamp"))
  }

  /// What must hold of a row of `mcp_events`.
  var ofEvents: SQLFragment { .all([ofVersions, isCurrent(isForFew: false)]) }

  /// What must hold of a row of `instances`.
  var ofInstances: SQLFragment {
    var conditions = instance + time("created_at")
    if filter.events != EventConditions() {
      let own =
        [SQLFragment("instance_id = instances.id")] + event + [isCurrent(isForFew: false)]
      conditions.append(
        SQLFragment.all(own).enclosed("EXISTS (SELECT 1 FROM mcp_events WHERE ", ")")
      )
    }
    return .all(conditions)
  }

  /// What must hold of a row of `relationships`: either end matches.
  var ofRelationships: SQLFragment {
    guard filter.hasInstanceConditions || filter.hasEventConditions else { return .all([]) }
    let ends = ["parent_instance", "child_instance"].map { column in
      ofInstances.enclosed("\(column) IN (SELECT id FROM instances WHERE ", ")")
    }
    return .any(ends)
  }

  /// What must hold of a row of `github_issues`: itself, and an instance that works on it.
  func ofIssues(_ filter: RecordFilter) throws -> SQLFragment {
    var rest = filter
    rest.instances.issues = []
    rest.instances.repositories = []
    let repository = "repo_owner || '/' || repo_name"
    var own = [
      EventSQL.isOneOf(filter.instances.issues, "number"),
      PatternSQL.condition(filter.instances.repositories, on: repository),
    ]
    if rest.hasInstanceConditions || rest.hasEventConditions {
      let works = SQLFragment("issue_number = number AND COALESCE(repo = \(repository), 1)")
      own.append(
        SQLFragment.all([works, ofInstances]).enclosed(
          "EXISTS (SELECT 1 FROM instances WHERE ",
          ")"
        )
      )
    }
    return .all(own.compactMap(\.self))
  }
}

/// The conditions on the columns of `mcp_events`.
enum EventSQL {
  static func conditions(_ filter: EventConditions) -> [SQLFragment] {
    [
      PatternSQL.condition(filter.tools, on: "tool_name"),
      PatternSQL.condition(filter.kinds, on: "tool_kind"),
      PatternSQL.condition(filter.servers, on: "server_name"),
      PatternSQL.condition(filter.sessions, on: "session_id"),
      PatternSQL.condition(filter.outcomes, on: "outcome"),
      filter.isFailed ? failed : nil,
      filter.isSucceeded ? SQLFragment("success = 1") : nil,
      filter.texts.isEmpty ? nil : .any(filter.texts.map(holds)),
    ].compactMap(\.self)
  }

  private static let failed = SQLFragment(
    "success = 0 AND (outcome = 'error' OR outcome = 'denied' OR outcome = 'timeout')"
  )

  /// The condition that a text occurs in what an event says.
  private static func holds(_ text: String) -> SQLFragment {
    let columns = ["tool_name", "error_message", "metadata", "extra"]
    return .any(columns.map { SQLFragment("instr(\($0), ?) > 0", [.text(text)]) })
  }

  static func isOneOf(_ numbers: [Int64], _ column: String) -> SQLFragment? {
    guard !numbers.isEmpty else { return nil }
    return .any(numbers.map { SQLFragment("\(column) = ?", [.integer($0)]) })
  }
}
