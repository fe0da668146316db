internal import MCPEvents
internal import MCPStore

/// Makes the checkpoints of one file.
struct CheckpointMaker: Sendable {
  /// What is known of the file: its identity and its name.
  let base: FileCheckpoint

  /// The checkpoint after a batch.
  func checkpoint(covering batch: RecordBatch) -> FileCheckpoint {
    var checkpoint = base
    checkpoint.coveredBytes = batch.coveredBytes
    checkpoint.coveredLines = batch.coveredLines
    return checkpoint
  }
}
