public import MCPEvents

/// Which instances are asked for, in which order, and which page of them.
public struct InstanceFilter: Hashable, Sendable {
  /// What instances can be ordered by.
  public enum Order: String, CaseIterable, Hashable, Sendable {
    /// When they were started.
    case createdAt = "created_at"
    /// When they were last heard of.
    case lastActivity = "last_activity"
    /// When they ended; those that have not come last, in either direction.
    case terminatedAt = "terminated_at"
  }

  /// From which end an order begins.
  public enum Direction: String, CaseIterable, Hashable, Sendable {
    /// The oldest first.
    case ascending = "ASC"
    /// The newest first.
    case descending = "DESC"
  }

  /// What they are for: any of these; all if empty.
  public var types: [InstanceType]
  /// Where they stand: any of these; all if empty.
  public var statuses: [InstanceStatus]
  /// The issue they work on.
  public var issueNumber: Int?
  /// The instance that started them.
  public var parentInstance: String?
  /// What they are ordered by; where that is equal, the order of creation decides.
  public var orderBy: Order
  /// From which end.
  public var direction: Direction
  /// How many at most; all if `nil`.
  public var limit: Int?
  /// How many to skip.
  public var offset: Int

  /// Describes a selection; without arguments that of all instances, the newest first.
  public init(
    types: [InstanceType] = [],
    statuses: [InstanceStatus] = [],
    issueNumber: Int? = nil,
    parentInstance: String? = nil,
    orderBy: Order = .createdAt,
    direction: Direction = .descending,
    limit: Int? = nil,
    offset: Int = 0
  ) {
    self.types = types
    self.statuses = statuses
    self.issueNumber = issueNumber
    self.parentInstance = parentInstance
    self.orderBy = orderBy
    self.direction = direction
    self.limit = limit
    self.offset = offset
  }
}

extension InstanceFilter {
  /// The statement, and the values that are bound to it.
  func selection() throws(LineRejection) -> (sql: String, values: [ColumnValue]) {
    let filter = RecordKind.instance
    for type in types { try filter.check("type", .text(type.rawValue)) }
    for status in statuses { try filter.check("status", .text(status.rawValue)) }
    var conditions: [String] = []
    var values: [ColumnValue] = []
    if let issueNumber {
      try filter.check("issue_number", .integer(Int64(issueNumber)))
      conditions.append("issue_number = ?")
      values.append(.integer(Int64(issueNumber)))
    }
    if let parentInstance {
      conditions.append("parent_instance_id = ?")
      values.append(.text(parentInstance))
    }
    if !types.isEmpty {
      conditions.append("type IN (\(Self.marks(types.count)))")
      values += types.map { .text($0.rawValue) }
    }
    if !statuses.isEmpty {
      conditions.append("status IN (\(Self.marks(statuses.count)))")
      values += statuses.map { .text($0.rawValue) }
    }
    let page = try Page(limit: limit, offset: offset)
    let sql = """
      SELECT \(Instance.columnList) FROM instances
      \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
      ORDER BY \(order)
      LIMIT ? OFFSET ?
      """
    return (sql, values + page.values)
  }

  private var order: String {
    let nulls = orderBy == .terminatedAt ? " NULLS LAST" : ""
    // The row's number is part of every index, so that a page needs no sorting.
    return "\(orderBy.rawValue) \(direction.rawValue)\(nulls), rowid \(direction.rawValue)"
  }

  private static func marks(_ count: Int) -> String {
    Array(repeating: "?", count: count).joined(separator: ", ")
  }
}
