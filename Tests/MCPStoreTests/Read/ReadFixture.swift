import Testing
import MCPEvents
import MCPStore
import MCPSystem

/// A database that tests fill with lines and then read.
final class ReadFixture {
  let directory: String
  let store: AgentStore
  private var decoder = LineDecoder(takesEveryLine: true)
  private var lineCount: Int64 = 0

  var path: String { directory + "/events.db" }

  /// Makes an empty database whose clock stands still.
  init() throws {
    directory = "/tmp/mcp-read-tests-\(UInt64.random(in: 0 ... .max))"
    try FileSystem.createDirectories(directory)
    store = try AgentStore(
      path: directory + "/events.db",
      now: { UnixTime(milliseconds: 1_795_338_843_000) }
    )
  }

  deinit {
    try? store.close()
    for name in (try? FileSystem.names(in: directory)) ?? [] {
      try? FileSystem.remove("\(directory)/\(name)")
    }
    try? FileSystem.removeDirectory(directory)
  }

  /// Stores lines of the line protocol as one batch.
  ///
  /// - Parameters:
  ///   - lines: The lines.
  ///   - runID: The run that records them, if there is one.
  /// - Throws: When a line is none, or cannot be stored.
  func record(_ lines: [String], inRun runID: Int64? = nil) throws {
    var batch = RecordBatch()
    for text in lines {
      let line = Array(text.utf8)
      lineCount += 1
      let position = LinePosition(number: lineCount, offset: 0, length: Int64(line.count))
      let result = try decoder.decode(
        line.span,
        at: position,
        receivedAt: UnixTime(milliseconds: 1_795_000_000_000),
        into: &batch.events
      )
      if case .patch(let patch) = result { batch.append(.upsert(patch)) }
    }
    var context = RunContext()
    context.runID = runID
    let seal = store.seal(&batch)
    _ = try store.append(batch, seal, in: context)
  }

  /// Begins a run of this process.
  func beginRun(source: String = "stdin", host: String? = nil) throws -> Int64 {
    var run = RunDescription(source: source, processID: 1, programVersion: "0")
    run.host = host
    return try store.beginRun(run)
  }

  /// One column of all rows of a query, as text.
  func column(
    _ name: String,
    of table: RecordTable,
    _ query: RecordQuery = RecordQuery()
  ) throws -> [String] {
    let column = try #require(table.column(name))
    var values: [String] = []
    try read { snapshot in
      try snapshot.forEachRow(of: table, [column], query) { row in
        values.append(Self.text(row[0]))
      }
    }
    return values
  }

  /// Lends a snapshot of the database to `body`.
  func read<Value>(_ body: (StoreSnapshot) throws -> Value) throws -> Value {
    let reader = try StoreReader(path: path)
    defer { reader.close() }
    return try reader.read(body)
  }

  private static func text(_ value: ColumnValue) -> String {
    switch value {
    case .null: "NULL"
    case .integer(let number): String(number)
    case .text(let text), .json(let text), .mergedJSON(let text): text
    }
  }
}

extension RecordQuery {
  /// A query for what a changed filter means.
  init(_ change: (inout RecordFilter) -> Void) {
    var filter = RecordFilter()
    change(&filter)
    self.init(filter)
  }
}
