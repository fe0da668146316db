internal import GRDB

public import MCPEvents

extension StoreTransaction {
  /// Creates an instance; see ``AgentStore/createInstance(_:)``.
  @discardableResult
  public func createInstance(_ instance: NewInstance) throws(StoreError) -> String {
    try operation(.insertFailed, "create the instance \(instance.id.quotedForMessage)") {
      let patch = try instance.patch()
      guard try RecordQueries.instance(instance.id, database) == nil else {
        throw StoreError(
          .instanceExists,
          .exists,
          "there is an instance \(instance.id.quotedForMessage) already: update it, or choose "
            + "another id"
        )
      }
      if let parent = instance.parentInstanceID, parent == instance.id {
        throw LineRejection(.contradiction, "'parent_instance_id' is the instance itself")
      }
      _ = try patches.apply(patch)
      return instance.id
    }
  }

  /// Changes an instance; see ``AgentStore/updateInstance(_:_:)``.
  public func updateInstance(_ id: String, _ update: InstanceUpdate) throws(StoreError) {
    try operation(.updateFailed, "update the instance \(id.quotedForMessage)") {
      var patch = try update.patch(of: id)
      let stored = try existing(id)
      if update.parentInstanceID == id {
        throw LineRejection(.contradiction, "'parent_instance_id' is the instance itself")
      }
      if let end = update.terminatedAt, end < stored.createdAt {
        throw LineRejection(.contradiction, "'terminated_at' is before 'created_at'")
      }
      let active = max(now, stored.lastActivity)
      try patch.setDefault("last_activity", .integer(active.milliseconds))
      _ = try patches.apply(patch)
    }
  }

  /// Moves an instance to a status; see ``AgentStore/updateInstanceStatus(_:to:)``.
  public func updateInstanceStatus(
    _ id: String,
    to status: InstanceStatus
  ) throws(StoreError) {
    try operation(.updateFailed, "update the status of the instance \(id.quotedForMessage)") {
      let patch = try InstanceUpdate(status: status).patch(of: id)
      let stored = try existing(id)
      _ = try patches.apply(patch)
      var event = NewMCPEvent(
        instanceID: id,
        toolName: StatusUpdateEvent.toolName,
        success: true,
        metadata: StatusUpdateEvent.metadata(from: stored.status)
      )
      event.statusChange = status
      event.isStatusUpdating = true
      _ = try EventLog(self).append([event])
    }
  }

  /// The instance called `id`; `nil` when there is none.
  public func instance(_ id: String) throws(StoreError) -> Instance? {
    try operation(.queryFailed, "read the instance \(id.quotedForMessage)") {
      try RecordQueries.instance(id, database)
    }
  }

  /// The instances that a filter selects; see ``AgentStore/instances(matching:)``.
  public func instances(
    matching filter: InstanceFilter = InstanceFilter()
  ) throws(StoreError) -> [Instance] {
    try operation(.queryFailed, "list instances") {
      try RecordQueries.instances(filter, database)
    }
  }

  private func existing(_ id: String) throws -> Instance {
    guard let instance = try RecordQueries.instance(id, database) else {
      throw StoreError.noInstance(id)
    }
    return instance
  }
}

/// The event that a change of status is logged as.
enum StatusUpdateEvent {
  static let toolName = "status_update"

  static func metadata(from old: InstanceStatus) -> String {
    "{\"from\":\(JSONText.quoted(old.rawValue))}"
  }
}

extension StoreError {
  /// There is no instance called `id`.
  static func noInstance(_ id: String) -> Self {
    Self(.instanceNotFound, .notFound, "there is no instance \(id.quotedForMessage)")
  }
}
