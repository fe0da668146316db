internal import GRDB
internal import Synchronization

package import MCPEvents
internal import MCPSystem

extension AgentStore {
  /// Computes the evidence of a batch ahead of its transaction, unless other writers have lately
  /// come in between each time.
  ///
  /// It may run on another thread than ``append(_:_:in:)``, which follows in the same order.
  package func seal(_ batch: inout RecordBatch) -> BatchSeal {
    var seal = BatchSeal()
    seal.instances.index(&batch.events)
    let isReliable = forecast.withLock { forecast in
      forecast.number(&batch.events, &seal)
      return forecast.isReliable
    }
    // Not under the lock: the writer needs it after each commit.
    if isReliable { seal.hashes = hashes(of: batch.events) }
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
    var group = [SealedBatch(batch, seal)]
    let results = try append(&group, in: context, syncing: .atCommit) { nil }
    tendLog()
    return results.first ?? AppendResult()
  }

  /// Stores batches in one transaction, all or nothing, and seals each.
  ///
  /// While it holds the write lock it asks for more, until there is none or the transaction is
  /// large enough. ``tendLog()`` is to follow, when what was stored is on the disk.
  ///
  /// - Parameters:
  ///   - group: The batches, in the order they were sealed in; those that were asked for are added.
  ///   - context: Who writes.
  ///   - sync: When it is waited for the disk.
  ///   - next: Gives the next batch, if it is ready; it must not use the store.
  /// - Returns: What became of the lines of each batch.
  /// - Throws: A ``StoreError``; nothing of the whole group is stored then.
  package func append(
    _ group: inout [SealedBatch],
    in context: RunContext,
    syncing sync: CommitSync,
    then next: () -> SealedBatch?
  ) throws(StoreError) -> [AppendResult] {
    let results = try write(.logFailed, "store events in \(path)", syncing: sync) { database in
      try log.withLock { log in
        try commit(&group, context, then: next, &log, database)
      }
    }
    forecast.withLock { forecast in
      for (sealed, result) in zip(group, results) {
        forecast.learn(result, sealed.seal, sealed.batch.events)
      }
    }
    let size = group.reduce(0) { $0 + $1.batch.size }
    bytesInLog.add(size + LogMover.commitSize, ordering: .relaxed)
    return results.map(\.appended)
  }

  private func commit(
    _ group: inout [SealedBatch],
    _ context: RunContext,
    then next: () -> SealedBatch?,
    _ log: inout BatchLog,
    _ database: Database
  ) throws -> [Committed] {
    let began = ContinuousClock.now
    var budget = TransactionBudget()
    var results: [Committed] = []
    while true {
      if results.count == group.count {
        guard results.isEmpty || hasRoom(budget, since: began), let more = next() else {
          return results
        }
        group.append(more)
      }
      let sealed = group[results.count]
      results.append(try commit(sealed, context, &log, database))
      budget.add(bytes: sealed.batch.size)
    }
  }

  private func hasRoom(
    _ budget: TransactionBudget,
    since began: ContinuousClock.Instant
  ) -> Bool {
    logState != .long && budget.hasRoom(after: .now - began, othersWait: wait.othersWait)
  }

  /// Has the log moved now and then, beside a writer that stores much.
  ///
  /// It may wait for the write lock, as a commit does.
  package func tendLog() {
    guard hasOwnReader else { return }
    let isDue = bytesInLog.load(ordering: .relaxed) >= LogMover.interval
    guard isDue || logState != .short, let queue = try? openQueue() else { return }
    bytesInLog.store(0, ordering: .relaxed)
    queue.writeWithoutTransaction { database in
      // Without a mover SQLite moves the log as ever.
      guard let mover = mover(database) else { return }
      // The reader may have left; what it kept is not moved under the lock.
      if mover.state == .heldUp { mover.move() }
      switch mover.state {
      case .short: mover.request()
      case .long: mover.finish(database)
      case .heldUp: break
      }
      wait.end()
    }
  }

  private var logState: LogMover.LogState {
    connections.withLock { $0?.mover?.state ?? .short }
  }

  private func mover(_ database: Database) -> LogMover? {
    connections.withLock { connections in
      guard connections != nil else { return nil }
      if let mover = connections?.mover { return mover }
      let mover = try? LogMover(path: path, options)
      if mover != nil { try? DatabaseOpening.leaveLog(database) }
      connections?.mover = mover
      return mover
    }
  }

  /// Gives up a batch that has been sealed and will not be stored.
  package func abandon(_ batch: RecordBatch, _ seal: BatchSeal) {
    forecast.withLock { $0.settle(seal, batch.events, expectedCount: batch.events.count) }
  }

  /// What a commit says about itself.
  struct Committed {
    var appended: AppendResult
    var firstID: Int64
    var nextID: Int64
    var sequences: [(id: String, last: Int64)]
  }

  /// Stores and seals a batch inside a transaction.
  func commit(
    _ sealed: SealedBatch,
    _ context: RunContext,
    _ sharedLog: inout BatchLog,
    _ database: Database
  ) throws -> Committed {
    var log = sharedLog
    _ = try log.refresh(database)
    let firstID = log.nextID
    var (batch, seal) = (sealed.batch, sealed.seal)
    let hashesNow = seal.hashes == nil || seal.firstID != firstID
    let hashesBeside = hashesNow && batch.events.count >= Self.manyEvents
    if hashesBeside { try foresee(&batch.events, &seal, firstID, database) }
    var instances = seal.instances
    let time = now()
    var transaction = try BatchTransaction(
      database,
      context,
      batch,
      firstID: firstID,
      isAsForecast: hashesBeside || !hashesNow,
      now: time,
      databaseID: databaseID
    )
    if hashesBeside {
      seal.hashes = try hashing(batch.events) { try transaction.store(&batch, &instances) }
    } else {
      try transaction.store(&batch, &instances)
    }
    if batch.events.count > 0 {
      try transaction.updateInstances(instances, batch.events)
      let entry = entry(batch.events, seal, transaction.isAsForecast, context, firstID, time)
      try log.append(entry, database)
    }
    let (counts, refused) = transaction.counts(of: batch)
    try RunWriter(database, context, time)
      .write(batch, sealed.checkpoint, counts, refused, batch.events.count > 0 ? log.count : nil)
    sharedLog = log
    return Committed(
      appended: AppendResult(counts: counts, storedEvents: batch.events.count),
      firstID: firstID,
      nextID: log.nextID,
      sequences: instances.entries.filter(\.isResolved)
        .map { (batch.events.string($0.id), $0.nextSequence - 1) }
    )
  }

  /// From how many events on another thread is worth its while.
  private static let manyEvents = 64

  /// Gives the events the numbers that they will get if all of them are new.
  private func foresee(
    _ events: inout EventBatch,
    _ seal: inout BatchSeal,
    _ firstID: Int64,
    _ database: Database
  ) throws {
    var forecast = NumberForecast(nextID: firstID)
    let select = try PreparedStatement("SELECT event_count FROM instances WHERE id = ?", database)
    defer { select.reset() }
    var sequences: [(id: String, last: Int64)] = []
    for entry in seal.instances.entries {
      let id = events.string(entry.id)
      select.bind(id, at: 1)
      if try select.step() { sequences.append((id, select.integer(0))) }
      select.reset()
    }
    forecast.learn(nextID: firstID, sequences: sequences)
    forecast.number(&events, &seal)
  }

  /// Hashes events on another core while `body` stores them: nobody else can write meanwhile.
  private func hashing(
    _ events: EventBatch,
    beside body: () throws -> Void
  ) throws -> BatchHashes {
    let worker: Worker<BatchHashes, Never>
    do throws(SystemError) {
      worker = try Worker { [self] in hashes(of: events) }
    } catch {
      try body()
      return hashes(of: events)
    }
    try body()
    return worker.join()
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
