internal import GRDB
internal import MCPEvents

/// Finds stored events by their uid.
struct EventLookup {
  private let byUID: PreparedStatement
  private let byID: PreparedStatement
  private let ownPrefix: [UInt8]

  init(_ database: Database, databaseID: String) throws(DatabaseError) {
    byUID = try PreparedStatement("SELECT id FROM mcp_events WHERE event_uid = ?", database)
    byID = try PreparedStatement("SELECT id FROM mcp_events WHERE id = ? AND origin = 0", database)
    ownPrefix = Array((EventUID.archivePrefix + databaseID + ":").utf8)
  }

  /// What is stored of a call.
  enum Versions {
    /// Nothing.
    case none
    /// A weaker record, with this id.
    case weaker(Int64)
    /// A record that is as good, or better.
    case known
  }

  /// What is stored of the call that an agent's event is a record of.
  func versions(of uid: String) throws(DatabaseError) -> Versions {
    let (base, phase) = EventUID.base(of: uid)
    for stored in EventUID.Phase.allCases.reversed() {
      let version = Array(EventUID.version(stored, of: base).utf8)
      guard let id = try id(of: version.span) else { continue }
      return stored >= phase ? .known : .weaker(id)
    }
    return .none
  }

  /// The id of the event with this uid.
  func id(of uid: Span<UInt8>) throws(DatabaseError) -> Int64? {
    byUID.bind(uid, at: 1)
    defer { byUID.reset() }
    return try byUID.step() ? byUID.integer(0) : nil
  }

  /// Whether the uid is that of a line of this database's own archive.
  func isOfOwnArchive(_ uid: Span<UInt8>) -> Bool {
    uid.count > ownPrefix.count && uid.extracting(0..<ownPrefix.count).equals(ownPrefix.span)
  }

  /// Whether there is an event with this uid; a line of this database's own archive has one made
  /// of the event's id.
  func isKnown(_ uid: Span<UInt8>) throws(DatabaseError) -> Bool {
    if try id(of: uid) != nil { return true }
    guard isOfOwnArchive(uid) else { return false }
    let digits = Array(copying: uid.extracting(ownPrefix.count..<uid.count))
    guard let id = Int64(String(decoding: digits, as: UTF8.self)) else { return false }
    byID.bind(id, at: 1)
    defer { byID.reset() }
    return try byID.step()
  }
}
