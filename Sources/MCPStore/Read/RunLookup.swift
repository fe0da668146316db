internal import MCPEvents

/// Finds out which runs recorded which events.
struct RunLookup {
  let snapshot: StoreSnapshot

  /// Events with neighbouring ids that one run recorded.
  private struct Stretch {
    var ids: Range<Int64>
    let run: Int64
  }

  /// The runs that recorded the events of a filter.
  func runs(of filter: RecordFilter) throws -> Set<Int64> {
    var runs: Set<Int64> = []
    let query = RecordQuery(filter)
    let events = try EventSelect(query, in: snapshot).sql("mcp_events.id")
    try forEachRun(of: events) { runs.insert($0) }
    return runs
  }

  /// Hands the run of every event that a statement yields the id of to `body`, not the same one
  /// twice in a row.
  func forEachRun(of events: SQLFragment, _ body: (Int64) throws -> Void) throws {
    let stretches = try stretches()
    let select = try PreparedStatement(events, in: snapshot)
    defer { select.reset() }
    var current = Stretch(ids: 0..<0, run: 0)
    while try select.step() {
      let id = select.integer(0)
      if current.ids.contains(id) { continue }
      guard let stretch = Self.stretch(of: id, in: stretches) else { continue }
      current = stretch
      try body(stretch.run)
    }
  }

  private static func stretch(of id: Int64, in stretches: [Stretch]) -> Stretch? {
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].ids.upperBound <= id { low = middle + 1 } else { high = middle }
    }
    guard low < stretches.count, stretches[low].ids.contains(id) else { return nil }
    return stretches[low]
  }

  /// All stretches in the order of their ids: 24 bytes for each change of the run.
  private func stretches() throws -> [Stretch] {
    let select = try PreparedStatement(
      SQLFragment(
        """
        SELECT run_id, first_id, count FROM event_batches
        WHERE kind <> 'erasure' AND run_id IS NOT NULL ORDER BY seq
        """
      ),
      in: snapshot
    )
    defer { select.reset() }
    var stretches: [Stretch] = []
    while try select.step() {
      let (run, first) = (select.integer(0), select.integer(1))
      let end = first + select.integer(2)
      if let last = stretches.last, last.run == run, last.ids.upperBound == first {
        stretches[stretches.count - 1].ids = last.ids.lowerBound..<end
      } else {
        stretches.append(Stretch(ids: first..<end, run: run))
      }
    }
    return stretches
  }
}
