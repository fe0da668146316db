internal import GRDB
internal import Synchronization

package import MCPEvents

extension AgentStore {
  /// Computes the evidence of a batch ahead of its transaction.
  ///
  /// It may run on another thread than ``append(_:_:in:)``, which follows in the same order.
  package func seal(_ batch: inout RecordBatch) -> BatchSeal {
    var seal = BatchSeal()
    seal.instances.index(&batch.events)
    forecast.withLock { $0.number(&batch.events, &seal) }
    // Not under the lock: the writer needs it after each commit.
    seal.hashes = hashes(of: batch.events)
    return seal
  }

  private func hashes(of events: EventBatch) -> BatchHashes {
    guard options.sealsEvents else { return BatchHashes() }
    var sealer = Sealer(origin: databaseID)
    return sealer.hashes(of: events)
  }

  /// Stores a batch in one transaction, all or nothing, and seals it.
  ///
  /// Blocks while another process holds the write lock, at most the busy timeout. Events whose uid
  /// is known are no error: they are left out.
  ///
  /// - Parameters:
  ///   - batch: The batch; it keeps everything, so that a failed call can be repeated.
  ///   - seal: What ``seal(_:)`` made of it.
  ///   - context: Who writes.
  /// - Returns: What became of the lines.
  /// - Throws: A ``StoreError``; nothing is stored then.
  package func append(
    _ batch: RecordBatch,
    _ seal: BatchSeal,
    in context: RunContext
  ) throws(StoreError) -> AppendResult {
    let result = try write(.logFailed, "store \(batch.events.count) events in \(path)") {
      database in
      try log.withLock { log in
        try commit(batch, seal, context, &log, database)
      }
    }
    forecast.withLock { forecast in
      forecast.settle(seal, batch.events, expectedCount: batch.events.count)
      forecast.learn(nextID: result.nextID, sequences: result.sequences)
    }
    return result.appended
  }

  /// Gives up a batch that has been sealed and will not be stored.
  package func abandon(_ batch: RecordBatch, _ seal: BatchSeal) {
    forecast.withLock { $0.settle(seal, batch.events, expectedCount: batch.events.count) }
  }

  /// What a commit says about itself.
  struct Committed {
    var appended: AppendResult
    var nextID: Int64
    var sequences: [(id: String, last: Int64)]
  }

  /// Stores and seals a batch inside a transaction.
  func commit(
    _ original: RecordBatch,
    _ seal: BatchSeal,
    _ context: RunContext,
    _ sharedLog: inout BatchLog,
    _ database: Database
  ) throws -> Committed {
    var log = sharedLog
    _ = try log.refresh(database)
    var batch = original
    var instances = seal.instances
    let time = now()
    var transaction = try BatchTransaction(
      database,
      context,
      batch,
      seal,
      nextID: log.nextID,
      now: time,
      databaseID: databaseID
    )
    try transaction.store(&batch, &instances)
    if batch.events.count > 0 {
      try transaction.updateInstances(instances, batch.events)
      let entry = entry(batch.events, seal, transaction.isAsForecast, context, log.nextID, time)
      try log.append(entry, database)
    }
    let (counts, refused) = transaction.counts(of: batch)
    try RunWriter(database, context, time)
      .write(batch, counts, refused, batch.events.count > 0 ? log.count : nil)
    sharedLog = log
    return Committed(
      appended: AppendResult(counts: counts, storedEvents: batch.events.count),
      nextID: log.nextID,
      sequences: instances.entries.filter(\.isResolved)
        .map { (batch.events.string($0.id), $0.nextSequence - 1) }
    )
  }

  /// What goes into the log of batches; the hashes are made again if the numbers are others.
  private func entry(
    _ events: EventBatch,
    _ seal: BatchSeal,
    _ isAsForecast: Bool,
    _ context: RunContext,
    _ firstID: Int64,
    _ time: UnixTime
  ) -> BatchLog.Entry {
    let known = isAsForecast ? seal.hashes : nil
    let hashes = known ?? hashes(of: events)
    return BatchLog.Entry(
      runID: context.runID,
      firstID: firstID,
      count: events.count,
      leaves: hashes.leaves,
      root: hashes.root,
      sealedAt: time
    )
  }
}
