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

/// A relationship to be created. Instances that are unknown are created as well.
public struct NewRelationship: Hashable, Sendable {
  /// The instance that was there before.
  public var parentInstance: String
  /// The instance that came from it.
  public var childInstance: String
  /// How.
  public var type: RelationshipType
  /// Which round of reviews it belongs to, from 1.
  public var reviewIteration: Int
  /// When it began; now, unless given.
  public var createdAt: UnixTime?
  /// What is known of it besides: any JSON.
  public var metadata: String?

  /// Describes a relationship.
  public init(
    parentInstance: String,
    childInstance: String,
    type: RelationshipType,
    reviewIteration: Int = 1,
    metadata: String? = nil
  ) {
    self.parentInstance = parentInstance
    self.childInstance = childInstance
    self.type = type
    self.reviewIteration = reviewIteration
    self.metadata = metadata
  }
}

extension NewRelationship {
  /// The row to insert.
  func patch() throws(LineRejection) -> RecordPatch {
    var patch = RecordPatch(.relationship)
    try patch.set("parent_instance", .text(parentInstance))
    try patch.set("child_instance", .text(childInstance))
    try patch.set("relationship_type", .text(type.rawValue))
    try patch.set("review_iteration", .integer(Int64(reviewIteration)))
    try patch.give("created_at", createdAt)
    try patch.give("metadata", json: metadata)
    guard parentInstance != childInstance else {
      throw LineRejection(
        .contradiction,
        "'child_instance' is the same as 'parent_instance'"
      )
    }
    return patch
  }
}

/// What is to change in a relationship; all that is not named stays.
public struct RelationshipUpdate: Hashable, Sendable {
  /// Which round of reviews it belongs to, from 1.
  public var reviewIteration: Int?
  /// What is known of it besides: any JSON.
  public var metadata: String?
  /// Whether the metadata is to be made empty.
  public var clearsMetadata: Bool

  /// Describes a change.
  public init(
    reviewIteration: Int? = nil,
    metadata: String? = nil,
    clearsMetadata: Bool = false
  ) {
    self.reviewIteration = reviewIteration
    self.metadata = metadata
    self.clearsMetadata = clearsMetadata
  }
}
