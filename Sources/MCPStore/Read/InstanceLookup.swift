internal import MCPEvents

/// Finds out which instances the words of a filter mean.
struct InstanceLookup {
  let snapshot: StoreSnapshot

  /// How many characters a prefix needs to stand for an id.
  static let shortestPrefix = 4

  /// What people call an instance: its name, else its tmux session, else the last part of its
  /// worktree.
  static let displayName = """
    COALESCE(name, tmux_session, replace(rtrim(worktree_path, '/'),
      rtrim(rtrim(worktree_path, '/'), replace(worktree_path, '/', '')), ''))
    """

  /// The condition on `instances` that one of the words means the instance.
  func condition(_ words: [String]) throws -> SQLFragment? {
    try PatternSQL.condition(words) { glob in
      if let word = glob.literal { return Self.isOneOf(try ids(meantBy: word)) }
      // An id may look like a glob.
      let exact = try ids("id = ?", [.text(glob.pattern)])
      if !exact.isEmpty { return Self.isOneOf(exact) }
      return .any([PatternSQL.matches(glob, "id"), PatternSQL.matches(glob, Self.displayName)])
    }
  }

  /// The condition that the id is one of a few.
  private static func isOneOf(_ ids: [String]) -> SQLFragment {
    guard ids.count != 1 else { return SQLFragment("id = ?", [.text(ids[0])]) }
    let marks = ids.map { _ in "?" }.joined(separator: ", ")
    return ids.isEmpty ? .never : SQLFragment("id IN (\(marks))", ids.map { .text($0) })
  }

  /// The ids that a plain word means: an id, else a name, else the only id that begins so.
  func ids(meantBy word: String) throws -> [String] {
    let exact = try ids("id = ?", [.text(word)])
    if !exact.isEmpty { return exact }
    let named = try ids("\(Self.displayName) = ?", [.text(word)])
    if !named.isEmpty || word.count < Self.shortestPrefix { return named }
    let range: [ColumnValue] = [.text(word), .text(word + "\u{10FFFF}")]
    let begun = try ids("id >= ? AND id < ?", range, limit: 4)
    guard begun.count > 1 else { return begun }
    let some = begun.prefix(3).joined(separator: ", ") + (begun.count > 3 ? ", …" : "")
    throw FilterError("'\(word)' is the beginning of several instances: \(some); name one")
  }

  private func ids(
    _ condition: String,
    _ values: [ColumnValue],
    limit: Int64 = -1
  ) throws -> [String] {
    let sql = SQLFragment("SELECT id FROM instances WHERE \(condition) ORDER BY id LIMIT ?", values)
    let select = try PreparedStatement(
      SQLFragment(sql.text, values + [.integer(limit)]),
      in: snapshot
    )
    defer { select.reset() }
    var ids: [String] = []
    while try select.step() { ids.append(select.string(0) ?? "") }
    return ids
  }
}
