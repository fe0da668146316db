extension AgentStore {
  /// Creates a relationship between two instances; those that are unknown are created as well.
  ///
  /// - Parameter relationship: How one came from the other.
  /// - Returns: Its number.
  /// - Throws: A ``StoreError``: ``StoreError/Code/relationshipExists`` when there is one of this
  ///   type between them, ``StoreError/Code/insertFailed`` when a value is not allowed.
  @discardableResult
  public func createRelationship(
    _ relationship: NewRelationship
  ) async throws(StoreError) -> Int64 {
    try await perform(.insertFailed) { try $0.createRelationship(relationship) }
  }

  /// The relationships at whose either end an instance is, in the order of their beginning.
  ///
  /// - Parameter instanceID: The instance; one that is unknown has none.
  /// - Returns: The relationships.
  /// - Throws: A ``StoreError``.
  public func relationships(
    of instanceID: String
  ) async throws(StoreError) -> [Relationship] {
    try await query("list the relationships of \(instanceID.quotedForMessage)") {
      try RecordQueries.relationships(of: instanceID, $0)
    }
  }

  /// Changes a relationship.
  ///
  /// - Parameters:
  ///   - id: Its number.
  ///   - update: What is to change.
  /// - Throws: A ``StoreError`` with the code ``StoreError/Code/updateFailed``, and the reason
  ///   `notFound` when there is no such relationship.
  public func updateRelationship(
    _ id: Int64,
    _ update: RelationshipUpdate
  ) async throws(StoreError) {
    try await perform(.updateFailed) { try $0.updateRelationship(id, update) }
  }
}
