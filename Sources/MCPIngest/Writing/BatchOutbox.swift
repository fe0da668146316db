internal import Synchronization

internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Carries batches from the thread that reads to the one that writes, hashed on the way.
final class BatchOutbox: Sendable {
  /// A batch on its way to the database.
  struct Parcel: Sendable {
    var batch: RecordBatch
    let seal: BatchSeal
  }

  private static let capacity = 3

  private let store: AgentStore
  private let queue = BoundedQueue<Parcel>(capacity: capacity)
  private let empty = Mutex<[RecordBatch]>([])

  init(store: AgentStore) {
    self.store = store
  }

  /// Whether batches still wait to be written.
  var isBusy: Bool { queue.count > 0 }

  /// Hands a batch over; waits while too many are under way.
  func send(_ batch: consuming RecordBatch) {
    var batch = batch
    let seal = store.seal(&batch)
    // A closed queue means that the writer has failed, which the reader learns from it.
    _ = queue.push(Parcel(batch: batch, seal: seal))
  }

  /// The next batch, or `nil` after the last.
  func next() -> Parcel? { queue.pop() }

  /// Says that no more batches come.
  func close() { queue.close() }

  /// An empty batch, of used memory if there is any.
  func emptyBatch() -> RecordBatch {
    empty.withLock { $0.popLast() } ?? RecordBatch()
  }

  /// Takes a batch back whose memory can be used again.
  func recycle(_ batch: consuming RecordBatch) {
    var batch = batch
    batch.removeAll()
    empty.withLock { batches in
      if batches.count < Self.capacity { batches.append(batch) }
    }
  }
}
