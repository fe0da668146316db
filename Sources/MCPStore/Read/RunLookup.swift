internal import MCPEvents

/// Finds out which runs recorded which events.
struct RunLookup {
  /// Events with neighbouring ids that one run recorded.
  private struct Stretch {
    var ids: Range<Int64>
    let run: Int64
  }

  private let snapshot: StoreSnapshot
  /// In the order of their ids: 24 bytes for each change of the run.
  private let stretches: [Stretch]
  private var current = Stretch(ids: 0..<0, run: 0)

  init(in snapshot: StoreSnapshot) throws {
    self.snapshot = snapshot
    stretches = try Self.stretches(snapshot)
  }

  /// The run that recorded an event, unless it is that of the last one, or not known.
  mutating func nextRun(of id: Int64) -> Int64? {
    if current.ids.contains(id) { return nil }
    guard let stretch = Self.stretch(of: id, in: stretches) else { return nil }
    let isSame = stretch.run == current.run && !current.ids.isEmpty
    current = stretch
    return isSame ? nil : stretch.run
  }

  /// The runs that recorded the events of a filter.
  mutating func runs(of filter: RecordFilter) throws -> Set<Int64> {
    var runs: Set<Int64> = []
    let events = try EventSelect(RecordQuery(filter), in: snapshot).sql("mcp_events.id")
    let select = try PreparedStatement(events, in: snapshot)
    defer { select.reset() }
    while try select.step() {
      if let run = nextRun(of: select.integer(0)) { runs.insert(run) }
    }
    return runs
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

  private static func stretches(_ snapshot: StoreSnapshot) throws -> [Stretch] {
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
