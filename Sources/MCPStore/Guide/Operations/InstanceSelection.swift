internal import GRDB

internal import MCPEvents

/// Finds the instances that a filter selects, by the way that reads the fewest rows.
///
/// SQLite would have to guess how many instances have a status: without statistics it takes an
/// index on it even where nearly all have it, and sorts them all. So this counts first, no further
/// than to a number that tells few from many:
///
/// - an issue or a parent: its few instances are found by its index, and sorted;
/// - few match: they are found by the index on status and type, and sorted;
/// - many match: the index on the order is read from its end until the page is full. It holds the
///   status and the type as well, so that no row is looked at for nothing.
///
/// A `+` before a column keeps SQLite from using the column's index.
struct InstanceSelection {
  private let filter: InstanceFilter
  private let database: Database

  /// Up to this many instances are sorted, which takes about a millisecond.
  private static let few = 1000

  init(_ filter: InstanceFilter, _ database: Database) {
    self.filter = filter
    self.database = database
  }

  /// The page that the filter asks for.
  func page() throws -> [Instance] {
    try filter.check()
    let way = try way()
    let statement = try PreparedStatement(sql(way), database)
    let page = try Page(limit: filter.limit, offset: filter.offset)
    statement.bind(keyValues + wordValues + page.values)
    return try statement.rows(Instance.init)
  }

  enum Way {
    case byKey, byWords, byOrder
  }

  private func way() throws -> Way {
    if filter.issueNumber != nil || filter.parentInstance != nil { return .byKey }
    guard !filter.types.isEmpty || !filter.statuses.isEmpty else { return .byOrder }
    let count = try PreparedStatement(
      "SELECT COUNT(*) FROM (SELECT 1 FROM instances \(condition(.byWords)) LIMIT \(Self.few))",
      database
    )
    count.bind(wordValues)
    let matches = try count.firstRow { $0.integer(0) } ?? 0
    return matches < Self.few ? .byWords : .byOrder
  }

  /// The statement: the numbers of the page's rows are found first, so that no more whole rows are
  /// read or sorted than the page has.
  func sql(_ way: Way) -> String {
    let mark = way == .byOrder ? "" : "+"
    return """
      SELECT \(Instance.columnList) FROM instances WHERE rowid IN (
        SELECT rowid FROM instances
        \(condition(way))
        ORDER BY \(order(mark))
        LIMIT ? OFFSET ?
      )
      ORDER BY \(order("+"))
      """
  }

  private func order(_ mark: String) -> String {
    let nulls = filter.orderBy == .terminatedAt ? " NULLS LAST" : ""
    let direction = filter.direction.rawValue
    // Of equal times the one that was stored first comes first; only these are sorted.
    return "\(mark)\(filter.orderBy.rawValue) \(direction)\(nulls), rowid \(direction)"
  }

  private func condition(_ way: Way) -> String {
    let mark = way == .byWords ? "" : "+"
    var conditions: [String] = []
    if filter.issueNumber != nil { conditions.append("issue_number = ?") }
    if filter.parentInstance != nil { conditions.append("parent_instance_id = ?") }
    if !filter.types.isEmpty { conditions.append("\(mark)type IN \(marks(filter.types.count))") }
    if !filter.statuses.isEmpty {
      conditions.append("\(mark)status IN \(marks(filter.statuses.count))")
    }
    return conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND ")
  }

  private func marks(_ count: Int) -> String {
    "(" + Array(repeating: "?", count: count).joined(separator: ", ") + ")"
  }

  private var keyValues: [ColumnValue] {
    let issue = filter.issueNumber.map { ColumnValue.integer(Int64($0)) }
    let parent = filter.parentInstance.map { ColumnValue.text($0) }
    return [issue, parent].compactMap(\.self)
  }

  private var wordValues: [ColumnValue] {
    filter.types.map { .text($0.rawValue) } + filter.statuses.map { .text($0.rawValue) }
  }
}
