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
  /// Checks that there can be instances that match, and a page of them.
  func check() throws(LineRejection) {
    for type in types { try RecordKind.instance.check("type", .text(type.rawValue)) }
    for status in statuses { try RecordKind.instance.check("status", .text(status.rawValue)) }
    if let issueNumber {
      try RecordKind.instance.check("issue_number", .integer(Int64(issueNumber)))
    }
    _ = try Page(limit: limit, offset: offset)
  }
}
