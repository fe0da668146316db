internal import GRDB
internal import Synchronization

internal import MCPSystem

extension AgentStore {
  /// Whether another process waits for the write lock, or may wait.
  package var othersWait: Bool { wait.othersWait }

  /// Whether commits may be synced by ``syncLog()``: without durability `full` there is nothing to
  /// wait for, and without a log of its own the database has nothing to sync.
  ///
  /// The log is open from here on, so that no error of its disk is missed.
  package var canSyncLater: Bool {
    guard options.durability == .full, hasOwnReader else { return false }
    return (try? openedLogSync()) != nil
  }

  /// Waits until all that was committed is on the disk, by this process or another.
  ///
  /// It may run on another thread than the next commit. Where ``canSyncLater`` is false, it does
  /// nothing.
  ///
  /// - Throws: A ``StoreError`` when the disk fails: the commits stay, and may be lost with the power.
  package func syncLog() throws(StoreError) {
    guard options.durability == .full, hasOwnReader else { return }
    do {
      try openedLogSync().run()
    } catch let error as SystemError {
      throw StoreError(
        .logFailed,
        .inputOutput,
        "the disk does not confirm what was stored in \(path): \(error.reason); "
          + "a power failure may take it",
        cause: error
      )
    } catch {
      throw .wrapping(.logFailed, "sync \(path)", error)
    }
  }

  private func openedLogSync() throws -> LogSync {
    try connections.withLock { connections in
      guard connections != nil else { throw closed }
      if let sync = connections?.logSync { return sync }
      let sync = try LogSync(of: path)
      connections?.logSync = sync
      return sync
    }
  }

  /// Has the next commit of the writing connection wait for the disk, or not; outside of a
  /// transaction.
  ///
  /// From the first that does not on the log is written in long pieces.
  func prepare(_ sync: CommitSync, _ database: Database) throws {
    let waits = sync == .atCommit
    guard syncsAtCommit.load(ordering: .relaxed) != waits else { return }
    try DatabaseOpening.setLevel(waits ? options.durability : .normal, database)
    syncsAtCommit.store(waits, ordering: .relaxed)
    // Who does not wait writes much.
    if !waits { try DatabaseOpening.bufferLog(database) }
  }
}
