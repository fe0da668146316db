public import MCPEvents

/// How one instance came from another.
public struct Relationship: Hashable, Sendable, Identifiable {
  /// Its number in this database.
  public internal(set) var id: Int64
  /// The instance that was there before.
  public internal(set) var parentInstance: String
  /// The instance that came from it.
  public internal(set) var childInstance: String
  /// How.
  public internal(set) var type: RelationshipType
  /// Which round of reviews it belongs to, from 1.
  public internal(set) var reviewIteration: Int
  /// When it began.
  public internal(set) var createdAt: UnixTime
  /// What is known of it besides: any JSON.
  public internal(set) var metadata: String?
}

extension Relationship {
  /// Reads the current row of a statement that selects ``columnList``.
  init(_ row: PreparedStatement) {
    id = row.integer(0)
    parentInstance = row.string(1) ?? ""
    childInstance = row.string(2) ?? ""
    type = RelationshipType(rawValue: row.string(3) ?? "")
    reviewIteration = row.int(4) ?? 1
    createdAt = row.time(5)
    metadata = row.string(6)
  }

  static let columnList = """
    id, parent_instance, child_instance, relationship_type, review_iteration, created_at, metadata
    """
}
