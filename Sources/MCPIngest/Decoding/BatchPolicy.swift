/// Decides when a batch is written.
///
/// It knows no clock and no database, so that tests drive it directly.
package struct BatchPolicy: Hashable, Sendable {
  /// How many lines fill a batch.
  package var maximumLines: Int
  /// How long the oldest line of a batch waits at most.
  package var maximumAge: Duration
  /// How many lines a batch may grow to while the ones before it are still being written.
  package var grownLines: Int { max(maximumLines, Self.linesUnderLoad) }

  /// About 20 ms of writing; more lines take more memory than an ingest may have.
  private static let linesUnderLoad = 3000
  /// How many bytes of records fill a batch.
  private static let maximumBytes = 2 << 20

  package init(maximumLines: Int, maximumAge: Duration) {
    precondition(maximumLines > 0, "a batch holds at least one line")
    self.maximumLines = maximumLines
    self.maximumAge = maximumAge
  }

  /// Whether a batch is to be handed over.
  ///
  /// - Parameters:
  ///   - lines: How many lines it holds.
  ///   - bytes: How many bytes they are.
  ///   - isWriterBusy: Whether batches before it are not written yet.
  /// - Returns: Whether it is.
  package func isFull(lines: Int, bytes: Int, isWriterBusy: @autoclosure () -> Bool) -> Bool {
    if bytes >= Self.maximumBytes || lines >= grownLines { return true }
    return lines >= maximumLines && !isWriterBusy()
  }
}
