internal import GRDB

extension AgentStore {
  /// Does several operations as one: all of them, or nothing if `body` throws.
  ///
  ///     try await store.transaction { transaction in
  ///       try transaction.createInstance(review)
  ///       try transaction.createRelationship(relationship)
  ///     }
  ///
  /// Other writers wait until `body` returns: it should do nothing else. It may run again if the
  /// database was busy at the very end.
  ///
  /// - Parameter body: Gets the transaction, which it cannot keep.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws, or a ``StoreError``.
  public func transaction<Value: Sendable>(
    _ body: @escaping @Sendable (borrowing StoreTransaction) throws -> Value
  ) async throws -> Value {
    try await writerLane.runAnything { [self] in try transactionNow(body) }
  }

  /// The same, blocking the calling thread.
  ///
  /// - Parameter body: Gets the transaction, which it cannot keep.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws, or a ``StoreError``.
  package func transactionNow<Value>(
    _ body: (borrowing StoreTransaction) throws -> Value
  ) throws -> Value {
    do {
      return try write { database in
        try lend(database, .shared, to: body)
      }
    } catch let error as DatabaseError {
      throw StoreError.wrapping(.operationFailed, "write \(path)", error)
    }
  }

  /// Does one operation in a transaction of its own.
  func perform<Value: Sendable>(
    _ code: StoreError.Code,
    _ body: @escaping @Sendable (borrowing StoreTransaction) throws -> Value
  ) async throws(StoreError) -> Value {
    try await writerLane.run { [self] () throws(StoreError) in
      try write(code, "write \(path)") { database in
        try lend(database, .own, to: body)
      }
    }
  }

  /// Whether other operations share a transaction.
  private enum Sharing {
    case own, shared
  }

  // Never inlined: the optimizer of Swift 6.3.1 crashes when it specializes the closures above
  // together with the transaction that cannot be copied.
  @inline(never)
  private func lend<Value>(
    _ database: Database,
    _ sharing: Sharing,
    to body: (borrowing StoreTransaction) throws -> Value
  ) throws -> Value {
    let transaction = StoreTransaction(database, self, isShared: sharing == .shared)
    return try body(transaction)
  }

  /// Reads in a consistent state, without waiting for a writer.
  func query<Value: Sendable>(
    _ action: @escaping @Sendable @autoclosure () -> String,
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(StoreError) -> Value {
    try await readerLane.run { [self] () throws(StoreError) in try read(action(), body) }
  }
}
