internal import MCPEvents

/// Events one after the other, as lines of the line protocol: what archives hold, and what evidence
/// is computed from.
struct EventLines {
  private let select: PreparedStatement
  private let snapshot: StoreSnapshot
  private var batch = EventBatch()
  private var origin: (number: Int64, id: [UInt8])

  /// The line of the current event, without a line feed.
  private(set) var line: [UInt8] = []

  init(_ statement: SQLFragment, in snapshot: StoreSnapshot) throws {
    select = try PreparedStatement(statement, in: snapshot)
    self.snapshot = snapshot
    origin = (0, Array(snapshot.databaseID.utf8))
  }

  /// Goes to the next event.
  ///
  /// - Returns: Whether there is one; the statement is reset where there is not.
  mutating func next() throws -> Bool {
    guard try select.step() else {
      select.reset()
      return false
    }
    batch.removeAll()
    if line.capacity > Self.keptCapacity { line = [] }
    line.removeAll(keepingCapacity: true)
    let row = EventReading.row(select, &batch)
    let number = select.integer(EventReading.originColumn)
    if number != origin.number { origin = (number, try snapshot.origin(number)) }
    let id = origin.id
    EventLine.write(row, of: batch, origin: id.span, into: &line)
    return true
  }

  private static let keptCapacity = 8 << 20
}
