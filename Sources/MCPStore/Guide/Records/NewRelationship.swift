public import MCPEvents

/// A relationship to be created.
///
/// Instances that are unknown are created as well.
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
