internal import GRDB
internal import Synchronization

internal import MCPEvents

/// A transaction that is open, lent to the closure of ``AgentStore/transaction(_:)``.
///
/// It has the store's own operations. All that they do takes effect together when the closure
/// returns, and nothing of it if the closure throws. An operation that fails changes nothing, so a
/// closure may catch its error and go on.
public struct StoreTransaction: ~Copyable {
  let database: Database
  let store: AgentStore
  /// The moment that counts as now for all that the transaction does.
  let now: UnixTime
  /// Whether other operations may come before and after in the same transaction.
  let isShared: Bool

  // The optimizer of Swift 6.3.1 crashes when it inlines this into closures.
  @inline(never)
  init(_ database: Database, _ store: AgentStore, isShared: Bool) {
    self.database = database
    self.store = store
    self.isShared = isShared
    now = store.now()
  }

  /// Does one operation, all of it or nothing.
  ///
  /// - Parameters:
  ///   - code: The operation, for the error.
  ///   - action: What is done to what, for the error.
  ///   - body: Does it.
  /// - Returns: What `body` returns.
  /// - Throws: A ``StoreError``.
  func operation<Value>(
    _ code: StoreError.Code,
    _ action: @autoclosure () -> String,
    _ body: () throws -> Value
  ) throws(StoreError) -> Value {
    do {
      guard isShared else { return try body() }
      var value: Value?
      try database.inSavepoint {
        value = try body()
        return .commit
      }
      guard let value else { throw DatabaseError(resultCode: .SQLITE_ABORT) }
      return value
    } catch {
      // What the log of batches was believed to be may have been rolled back.
      store.log.withLock { $0 = BatchLog() }
      throw .wrapping(code, action(), error)
    }
  }

  /// What upserts records.
  var patches: PatchWriter {
    PatchWriter(
      database: database,
      surroundings: store.configuration.surroundings,
      now: now
    )
  }
}

@available(*, unavailable)
extension StoreTransaction: Sendable {}

extension String {
  /// The text in quotes for a message, the end of a long one left out.
  var quotedForMessage: String {
    utf8.count <= 80 ? "'\(self)'" : "'\(prefix(60))…'"
  }
}
