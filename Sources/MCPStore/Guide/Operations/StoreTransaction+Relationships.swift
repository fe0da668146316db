internal import GRDB

internal import MCPEvents

extension StoreTransaction {
  /// Creates a relationship; see ``AgentStore/createRelationship(_:)``.
  @discardableResult
  public func createRelationship(_ relationship: NewRelationship) throws(StoreError) -> Int64 {
    let (parent, child) = (relationship.parentInstance, relationship.childInstance)
    let names = "\(parent.quotedForMessage) → \(child.quotedForMessage)"
    return try operation(.insertFailed, "create the relationship \(names)") {
      let patch = try relationship.patch()
      guard try RecordQueries.relationshipID(patch, database) == nil else {
        throw StoreError(
          .relationshipExists,
          .exists,
          "there is a relationship \(relationship.type) \(names) already: update it"
        )
      }
      if store.configuration.unknownInstances == .reject {
        for id in [parent, child] where try RecordQueries.instance(id, database) == nil {
          throw StoreError.noInstance(id)
        }
      }
      _ = try patches.apply(patch)
      return try RecordQueries.relationshipID(patch, database) ?? 0
    }
  }

  /// The relationships of an instance; see ``AgentStore/relationships(of:)``.
  public func relationships(of instanceID: String) throws(StoreError) -> [Relationship] {
    try operation(.queryFailed, "list the relationships of \(instanceID.quotedForMessage)") {
      try RecordQueries.relationships(of: instanceID, database)
    }
  }

  /// Changes a relationship; see ``AgentStore/updateRelationship(_:_:)``.
  public func updateRelationship(
    _ id: Int64,
    _ update: RelationshipUpdate
  ) throws(StoreError) {
    try operation(.updateFailed, "update the relationship \(id)") {
      guard let stored = try RecordQueries.relationship(id, database) else {
        throw StoreError(.updateFailed, .notFound, "there is no relationship \(id)")
      }
      var patch = RecordPatch(.relationship)
      try patch.set("parent_instance", .text(stored.parentInstance))
      try patch.set("child_instance", .text(stored.childInstance))
      try patch.set("relationship_type", .text(stored.type.rawValue))
      try patch.give("review_iteration", update.reviewIteration)
      try patch.give("metadata", json: update.metadata)
      if update.clearsMetadata {
        guard update.metadata == nil else {
          throw LineRejection(.contradiction, "'metadata' is both set and cleared")
        }
        try patch.set("metadata", .null)
      }
      _ = try patches.apply(patch)
    }
  }
}

extension RecordQueries {
  static func relationship(_ id: Int64, _ database: Database) throws -> Relationship? {
    let select = try PreparedStatement(
      "SELECT \(Relationship.columnList) FROM relationships WHERE id = ?",
      database
    )
    select.bind(id, at: 1)
    return try select.firstRow(Relationship.init)
  }

  static func relationshipID(_ patch: RecordPatch, _ database: Database) throws -> Int64? {
    let select = try PreparedStatement(
      """
      SELECT id FROM relationships
      WHERE parent_instance = ? AND child_instance = ? AND relationship_type = ?
      """,
      database
    )
    select.bind(patch.kind.keys.map { patch[$0.name] ?? .null })
    return try select.firstRow { $0.integer(0) }
  }

  /// Those at whose either end an instance is, in the order of their beginning.
  static func relationships(of id: String, _ database: Database) throws -> [Relationship] {
    let select = try PreparedStatement(
      """
      SELECT \(Relationship.columnList) FROM relationships
      WHERE parent_instance = ?1 OR child_instance = ?1
      ORDER BY created_at, id
      """,
      database
    )
    select.bind(id, at: 1)
    return try select.rows(Relationship.init)
  }
}
