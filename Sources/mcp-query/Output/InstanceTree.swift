internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore

/// Instances below those that started them.
struct InstanceTree {
  private var labels: [String: String] = [:]
  private var children: [String: [String]] = [:]
  private var roots: [String] = []

  /// Reads the instances of a query, and who started them: they say so, or a relationship does.
  init(_ query: RecordQuery, in snapshot: StoreSnapshot) throws {
    var parents: [String: String] = [:]
    var ways: [String: String] = [:]
    let relationships = Self.columns(
      .relationships,
      "child_instance",
      "parent_instance",
      "relationship_type"
    )
    try snapshot.forEachRow(of: .relationships, relationships, RecordQuery()) { row in
      guard case .text(let child) = row[0], case .text(let parent) = row[1] else { return }
      parents[child] = parent
      if case .text(let way) = row[2] { ways[child] = way }
    }
    var ids: [String] = []
    let instances = Self.columns(
      .instances,
      "id",
      "parent_instance_id",
      "type",
      "status",
      "event_count"
    )
    try snapshot.forEachRow(of: .instances, instances, query) { row in
      guard case .text(let id) = row[0] else { return }
      ids.append(id)
      if case .text(let parent) = row[1] { parents[id] = parent }
      labels[id] = Self.label(row, ways[id])
    }
    for id in ids {
      if let parent = parents[id], labels[parent] != nil, parent != id {
        children[parent, default: []].append(id)
      } else {
        roots.append(id)
      }
    }
  }

  private static func columns(_ table: RecordTable, _ names: String...) -> [ListedColumn] {
    names.compactMap(table.column)
  }

  private static func label(_ row: [ColumnValue], _ way: String?) -> String {
    var words: [String] = []
    for case .text(let word) in [row[0], row[2], row[3]] {
      words.append(TerminalText.escaped(word))
    }
    if case .integer(let count) = row[4] {
      words.append(count == 1 ? "1 event" : "\(count) events")
    }
    if let way { words.append("(\(TerminalText.escaped(way)))") }
    return words.joined(separator: "  ")
  }

  /// Hands the tree to `body`, line by line.
  func write(_ body: (String) throws -> Void) throws {
    var written: Set<String> = []
    // Those in a circle have no root: the first of each circle stands for one.
    for root in roots + labels.keys.sorted() where !written.contains(root) {
      try write(root, "", "", &written, body)
    }
  }

  private func write(
    _ id: String,
    _ prefix: String,
    _ indentation: String,
    _ written: inout Set<String>,
    _ body: (String) throws -> Void
  ) throws {
    guard written.insert(id).inserted else { return }
    try body(prefix + (labels[id] ?? id))
    let below = (children[id] ?? []).filter { !written.contains($0) }
    for child in below {
      let isLast = child == below.last
      try write(
        child,
        indentation + (isLast ? "└─ " : "├─ "),
        indentation + (isLast ? "   " : "│  "),
        &written,
        body
      )
    }
  }
}
