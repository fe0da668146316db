/// How a database is opened for writing.
package struct WriterOptions: Sendable {
  /// When a commit counts as done.
  package var durability = Durability.full
  /// How long a call waits for the write lock.
  package var busyTimeout = Duration.seconds(5)
  /// Whether events are sealed.
  ///
  /// Only benchmarks turn it off: what was not sealed proves nothing,
  /// and verifying says so.
  package var sealsEvents = true
  /// Whether to keep a write-ahead log, so that readers and the writer do not wait for each other.
  package var usesWriteAheadLog = true
  /// Whether a new file is made, and an older one brought to this version, where that only adds.
  package var migratesAutomatically = true
  /// Whether a file that needs a migration is opened all the same, for it to be run by hand.
  package var opensUnmigrated = false
  /// How often an operation is tried again when the lock was not free in time.
  package var retries = 0
  /// How long to wait before each of them.
  package var retryDelay = Duration.zero
  /// How long the statements of one operation may run; `nil` is as long as they like.
  package var queryTimeout: Duration?
  /// Called with each statement that runs, its values left out.
  package var logsStatement: (@Sendable (String) -> Void)?

  package init() {}
}
