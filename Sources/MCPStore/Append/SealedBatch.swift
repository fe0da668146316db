package import MCPEvents

/// A batch that is ready to be stored.
package struct SealedBatch: Sendable {
  package var batch: RecordBatch
  /// What ``AgentStore/seal(_:)`` made of it.
  package let seal: BatchSeal
  /// How far the file that it is from is stored with it.
  package let checkpoint: FileCheckpoint?

  package init(_ batch: RecordBatch, _ seal: BatchSeal, _ checkpoint: FileCheckpoint? = nil) {
    self.batch = batch
    self.seal = seal
    self.checkpoint = checkpoint
  }
}
