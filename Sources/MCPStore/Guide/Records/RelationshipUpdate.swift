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
