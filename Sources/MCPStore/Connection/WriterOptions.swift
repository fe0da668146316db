/// How a database is opened for writing.
package struct WriterOptions: Sendable {
  /// When a commit counts as done.
  package var durability = Durability.full
  /// How long a call waits for the write lock.
  package var busyTimeout = Duration.seconds(5)
  /// Whether to keep a write-ahead log, so that readers and the writer do not wait for each other.
  package var usesWriteAheadLog = true
  /// Whether a new file is made, and an older one brought to this version, where that only adds.
  package var migratesAutomatically = true
  /// Called with each statement that runs, its values left out.
  package var logsStatement: (@Sendable (String) -> Void)?

  package init() {}
}
