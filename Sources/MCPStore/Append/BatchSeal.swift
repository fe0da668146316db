internal import MCPEvents

/// The hashes of a batch, computed before its transaction for the numbers that its events are
/// expected to get.
///
/// If another writer comes in between, the numbers are others and the hashes are made again.
package struct BatchSeal: Sendable {
  var instances = BatchInstances()
  var firstID: Int64 = 0
  var hashes: BatchHashes?
}

/// The evidence of a batch's events; that of an unsealed one by default.
struct BatchHashes: Sendable {
  /// The leaves of all events, one after the other.
  var leaves: [UInt8] = []
  /// The tree hash of the leaves.
  var root = TreeHash(sha256: [UInt8]().span)
}

/// Computes the evidence of batches.
struct Sealer: Sendable {
  private var hasher = TreeHasher()
  private let origin: [UInt8]

  /// Creates a sealer for the events of the database `origin`.
  init(origin: String) {
    self.origin = Array(origin.utf8)
  }

  /// The hashes of all events, whose numbers are assigned.
  mutating func hashes(of batch: EventBatch) -> BatchHashes {
    let leaves = leaves(of: batch)
    return BatchHashes(leaves: leaves.bytes, root: TreeHasher.root(of: leaves))
  }

  /// The leaves of all events.
  mutating func leaves(of batch: EventBatch) -> [TreeHash] {
    var leaves: [TreeHash] = []
    leaves.reserveCapacity(batch.count)
    let origin = origin
    for row in batch.rows {
      leaves.append(
        hasher.leaf { EventLine.write(row, of: batch, origin: origin.span, into: &$0) }
      )
    }
    return leaves
  }
}
