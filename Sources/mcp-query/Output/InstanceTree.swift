internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore

/// Instances below those that started them.
struct InstanceTree {
  /// From whom an instance came.
  private struct Descent: Hashable {
    let parent: String
    let child: String
  }

  private var labels: [String: String] = [:]
  private var children: [String: [String]] = [:]
  private var roots: [String] = []
  /// What the relationships say of how an instance came from another.
  private var ways: [Descent: String] = [:]

  /// Reads the instances of a query, and who started them: they say so, or a relationship does.
  ///
  /// One that has several parents stands below the first of them that is there.
  init(_ query: RecordQuery, in snapshot: StoreSnapshot) throws {
    var parents: [String: [String]] = [:]
    let relationships = Self.columns(
      .relationships,
      "child_instance",
      "parent_instance",
      "relationship_type"
    )
    try snapshot.forEachRow(of: .relationships, relationships, RecordQuery()) { row in
      guard case .text(let child) = row[0], case .text(let parent) = row[1] else { return }
      parents[child, default: []].append(parent)
      if case .text(let way) = row[2] { ways[Descent(parent: parent, child: child)] = way }
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
      if case .text(let parent) = row[1] { parents[id, default: []].insert(parent, at: 0) }
      labels[id] = Self.label(row)
    }
    for id in ids {
      if let parent = parents[id]?.first(where: { labels[$0] != nil && $0 != id }) {
        children[parent, default: []].append(id)
      } else {
        roots.append(id)
      }
    }
  }

  private static func columns(_ table: RecordTable, _ names: String...) -> [ListedColumn] {
    names.compactMap(table.column)
  }

  private static func label(_ row: [ColumnValue]) -> String {
    var words: [String] = []
    for case .text(let word) in [row[0], row[2], row[3]] {
      words.append(TerminalText.escaped(word))
    }
    if case .integer(let count) = row[4] {
      words.append(count == 1 ? "1 event" : "\(count) events")
    }
    return words.joined(separator: "  ")
  }

  /// A line that is to be written.
  private struct Line {
    let id: String
    var parent: String?
    var prefix = ""
    var indentation = ""
  }

  /// Hands the tree to `body`, line by line.
  func write(_ body: (String) throws -> Void) throws {
    var written: Set<String> = []
    // Those in a circle have no root: the first of each circle stands for one.
    for root in roots + labels.keys.sorted() {
      // Not by recursion: a chain may be longer than the stack is deep.
      var lines = [Line(id: root)]
      while let line = lines.popLast() {
        guard written.insert(line.id).inserted else { continue }
        try body(text(of: line))
        lines += below(line, except: written).reversed()
      }
    }
  }

  private func text(of line: Line) -> String {
    let way = line.parent.flatMap { ways[Descent(parent: $0, child: line.id)] }
    return line.prefix + (labels[line.id] ?? line.id)
      + (way.map { "  (\(TerminalText.escaped($0)))" } ?? "")
  }

  private func below(_ line: Line, except written: Set<String>) -> [Line] {
    let ids = (children[line.id] ?? []).filter { !written.contains($0) }
    return ids.map { id in
      let isLast = id == ids.last
      return Line(
        id: id,
        parent: line.id,
        prefix: line.indentation + (isLast ? "└─ " : "├─ "),
        indentation: line.indentation + (isLast ? "   " : "│  ")
      )
    }
  }
}
