internal import GRDB

/// The state of the log of batches: whoever keeps it can later tell that nothing before it changed.
package struct EvidenceHead: Hashable, Sendable {
  /// The number of batches.
  package let batches: Int64
  /// The RFC 6962 tree hash over their roots.
  package let tree: TreeHash

  /// The head as a JSON object.
  package var json: String { "{\"batches\":\(batches),\"tree\":\"\(tree)\"}" }
}

extension StoreSnapshot {
  /// The head of the whole log.
  package func evidenceHead() throws -> EvidenceHead {
    try evidenceHead(of: integer(SQLFragment("SELECT MAX(seq) FROM event_batches")))
  }

  /// The head that the log had when it was so many batches long.
  package func evidenceHead(of count: Int64) throws -> EvidenceHead {
    let peaks = try BatchLog.peaks(count: count, database)
    return EvidenceHead(batches: count, tree: peaks.root)
  }
}
