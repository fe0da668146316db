package import MCPEvents
internal import MCPStore
package import MCPSystem

/// What a run has done.
package struct IngestReport: Sendable {
  /// What became of the lines.
  package var counts = LineCounts()
  /// How many events are new in the database.
  package var storedEvents = 0
  /// How many transactions it took.
  package var batches = 0
  /// How many bytes were read and are stored.
  package var bytes: Int64 = 0
  /// How many lines wait in files beside the database.
  package var spilledLines: Int64 = 0
  /// How many secrets were replaced before anything was stored.
  package var redactions: Int64 = 0
  /// How many lines could be kept nowhere.
  package var lostLines: Int64 = 0
  /// How often a batch had to be tried again.
  package var retries: Int64 = 0
  /// How long the database was waited for.
  package var waited = Duration.zero
  /// How many inputs were read, and how many were found unchanged.
  package var inputs = 0
  package var unchangedInputs = 0
  /// The signal that stopped the run before the end of its input.
  package var stoppedBy: StopSignal?
  package var elapsed = Duration.zero

  package init() {}

  /// Adds what one input came to.
  mutating func add(_ progress: BatchWriter.Progress, _ statistics: RunStatistics) {
    retries += statistics.retries
    waited += .microseconds(statistics.waitedMicroseconds)
    counts += progress.counts
    storedEvents += progress.storedEvents
    batches += progress.transactions
    bytes += progress.coveredBytes
  }
}
