internal import Synchronization

internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Stores the batches of an outbox, in order, on a thread of its own.
final class BatchWriter: Sendable {
  /// What has been stored so far.
  struct Progress: Sendable {
    var counts = LineCounts()
    var storedEvents = 0
    var batches = 0
    var coveredBytes: Int64 = 0
    var coveredLines: Int64 = 0
    var failure: StoreError?
  }

  private let store: AgentStore
  private let outbox: BatchOutbox
  private let context: RunContext
  private let checkpoints: CheckpointMaker?
  private let acknowledge: @Sendable (Progress) -> Void
  private let state: Mutex<Progress>

  /// Prepares to write.
  ///
  /// - Parameters:
  ///   - store: Where to.
  ///   - outbox: What.
  ///   - context: For which run.
  ///   - checkpoints: Makes the checkpoint of a file from what a batch covers.
  ///   - acknowledge: Called after each commit, and after a failure.
  init(
    store: AgentStore,
    outbox: BatchOutbox,
    context: RunContext,
    checkpoints: CheckpointMaker?,
    acknowledge: @escaping @Sendable (Progress) -> Void
  ) {
    self.store = store
    self.outbox = outbox
    self.context = context
    self.checkpoints = checkpoints
    self.acknowledge = acknowledge
    state = Mutex(Progress())
  }

  /// What has been stored so far.
  var progress: Progress { state.withLock { $0 } }

  /// Writes until the outbox is closed and empty, or until a batch cannot be stored.
  func run() {
    while let parcel = outbox.next() {
      do throws(StoreError) {
        let result = try store.append(parcel.batch, parcel.seal, in: context(for: parcel.batch))
        note(result, parcel.batch)
        outbox.recycle(parcel.batch)
      } catch {
        state.withLock { $0.failure = error }
        outbox.close()
        acknowledge(progress)
        return
      }
      acknowledge(progress)
    }
  }

  private func context(for batch: RecordBatch) -> RunContext {
    var context = context
    context.checkpoint = checkpoints?.checkpoint(covering: batch)
    return context
  }

  private func note(_ result: AppendResult, _ batch: RecordBatch) {
    state.withLock { progress in
      progress.counts += result.counts
      progress.storedEvents += result.storedEvents
      progress.batches += 1
      progress.coveredBytes = batch.coveredBytes
      progress.coveredLines = batch.coveredLines
    }
  }
}
