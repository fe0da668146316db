public import MCPEvents

extension AgentStore {
  /// Creates an instance.
  ///
  /// - Parameter instance: What is known of it.
  /// - Returns: Its id.
  /// - Throws: A ``StoreError``: ``StoreError/Code/instanceExists`` when there is one with this id,
  ///   ``StoreError/Code/insertFailed`` with the reason `invalid` when a value is not allowed.
  @discardableResult
  public func createInstance(_ instance: NewInstance) async throws(StoreError) -> String {
    try await perform(.insertFailed) { try $0.createInstance(instance) }
  }

  /// Changes what an update names, and notes that the instance was active.
  ///
  /// - Parameters:
  ///   - id: The instance.
  ///   - update: What is to change.
  /// - Throws: A ``StoreError``: ``StoreError/Code/instanceNotFound`` when there is no such
  ///   instance, ``StoreError/Code/updateFailed`` when a value is not allowed.
  public func updateInstance(_ id: String, _ update: InstanceUpdate) async throws(StoreError) {
    try await perform(.updateFailed) { try $0.updateInstance(id, update) }
  }

  /// Moves an instance to a status and logs that, in one transaction.
  ///
  /// The event's tool is `status_update`. A final status also sets when the instance ended, and
  /// another one clears it.
  ///
  /// - Parameters:
  ///   - id: The instance.
  ///   - status: Where it stands from now on.
  /// - Throws: A ``StoreError``, as ``updateInstance(_:_:)`` does.
  public func updateInstanceStatus(
    _ id: String,
    to status: InstanceStatus
  ) async throws(StoreError) {
    try await perform(.updateFailed) { try $0.updateInstanceStatus(id, to: status) }
  }

  /// The instance called `id`; `nil` when there is none.
  ///
  /// - Parameter id: The instance.
  /// - Returns: What is stored of it.
  /// - Throws: A ``StoreError``.
  public func instance(_ id: String) async throws(StoreError) -> Instance? {
    try await query("read the instance \(id.quotedForMessage)") {
      try RecordQueries.instance(id, $0)
    }
  }

  /// The instances that a filter selects, in its order.
  ///
  /// - Parameter filter: Which ones; without it all, the newest first.
  /// - Returns: The page that the filter asks for.
  /// - Throws: A ``StoreError`` when the filter has a word or number that is not allowed.
  public func instances(
    matching filter: InstanceFilter = InstanceFilter()
  ) async throws(StoreError) -> [Instance] {
    try await query("list instances") { try RecordQueries.instances(filter, $0) }
  }
}
