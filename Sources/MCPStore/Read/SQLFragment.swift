internal import MCPEvents

/// A piece of SQL made of constants, and the values bound to its `?` in their order.
struct SQLFragment: Hashable, Sendable {
  var text: String
  var values: [ColumnValue]

  init(_ text: String, _ values: [ColumnValue] = []) {
    self.text = text
    self.values = values
  }

  /// What no row meets.
  static let never = Self("0")

  /// The condition that all of `conditions` hold; none at all always holds.
  static func all(_ conditions: [Self]) -> Self {
    conditions.isEmpty ? Self("1") : joined(conditions, " AND ")
  }

  /// The condition that one of `conditions` holds; none at all never does.
  static func any(_ conditions: [Self]) -> Self {
    switch conditions.count {
    case 0: never
    case 1: conditions[0]
    default: joined(conditions, " OR ").enclosed("(", ")")
    }
  }

  /// The condition that `condition` does not hold; an unknown one does not.
  static func not(_ condition: Self) -> Self {
    condition.enclosed("(", ") IS NOT TRUE")
  }

  /// The same between two constants.
  func enclosed(_ prefix: String, _ suffix: String) -> Self {
    Self(prefix + text + suffix, values)
  }

  static func + (lhs: Self, rhs: Self) -> Self {
    Self(lhs.text + rhs.text, lhs.values + rhs.values)
  }

  static func + (lhs: Self, rhs: String) -> Self {
    Self(lhs.text + rhs, lhs.values)
  }

  private static func joined(_ parts: [Self], _ separator: String) -> Self {
    Self(parts.map(\.text).joined(separator: separator), parts.flatMap(\.values))
  }
}

extension PreparedStatement {
  /// Takes a statement from the connection's cache and binds its values.
  init(_ fragment: SQLFragment, in snapshot: StoreSnapshot) throws {
    try self.init(fragment.text, snapshot.database)
    for (index, value) in fragment.values.enumerated() { bind(value, at: Int32(index + 1)) }
  }
}
