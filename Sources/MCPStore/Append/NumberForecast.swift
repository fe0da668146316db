internal import MCPEvents

/// The numbers that the next events will get, unless another writer comes in between.
///
/// Batches are sealed on one thread while the ones before are being written on another, so what is
/// committed and what is under way are counted apart.
struct NumberForecast: Sendable {
  private struct Sequence: Sendable {
    var committed: Int64 = 0
    var pending: Int64 = 0
  }

  /// Whether the last batch got the numbers that were expected.
  var isReliable = true
  private var nextID: Int64
  private var pending: Int64 = 0
  private var sequences: [String: Sequence] = [:]
  private static let mostInstances = 50_000

  /// Starts with the id of the next event.
  init(nextID: Int64) {
    self.nextID = nextID
  }

  /// Gives the events of a batch the numbers they are expected to get.
  mutating func number(_ batch: inout EventBatch, _ seal: inout BatchSeal) {
    seal.firstID = nextID + pending
    for index in seal.instances.entries.indices {
      let id = batch.string(seal.instances[index].id)
      let known = sequences[id, default: Sequence()]
      seal.instances[index].nextSequence = known.committed + known.pending + 1
    }
    for row in batch.rows.indices {
      let instance = Int(batch.rows[row].instanceIndex)
      batch.rows[row].id = seal.firstID + Int64(row)
      batch.rows[row].instanceSequence = seal.instances[instance].nextSequence
      seal.instances[instance].nextSequence += 1
      seal.instances[instance].count += 1
    }
    pending += Int64(batch.count)
    change(seal, batch, sign: 1)
  }

  /// Takes back what ``number(_:_:)`` expected of a batch that is now stored, or never will be.
  mutating func settle(_ seal: BatchSeal, _ batch: EventBatch, expectedCount: Int) {
    pending -= Int64(expectedCount)
    change(seal, batch, sign: -1)
  }

  private mutating func change(_ seal: BatchSeal, _ batch: EventBatch, sign: Int64) {
    if sequences.count > Self.mostInstances { sequences.removeAll() }
    for entry in seal.instances.entries {
      sequences[batch.string(entry.id), default: Sequence()].pending += sign * entry.count
    }
  }

  /// Notes what became of a batch that is committed.
  mutating func learn(_ result: AgentStore.Committed, _ seal: BatchSeal, _ batch: EventBatch) {
    settle(seal, batch, expectedCount: batch.count)
    learn(nextID: result.nextID, sequences: result.sequences)
    if result.appended.storedEvents > 0 { isReliable = result.firstID == seal.firstID }
  }

  /// Notes what the database says after a commit.
  mutating func learn(nextID: Int64, sequences stored: [(id: String, last: Int64)]) {
    self.nextID = nextID
    for (id, last) in stored {
      sequences[id, default: Sequence()].committed = last
    }
  }
}
