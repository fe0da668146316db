package import MCPStore
internal import MCPSystem

/// Why lines are not in the database, and where they are instead.
package struct IngestFailure: Error, CustomStringConvertible, Sendable {
  /// What was in the way.
  package let cause: StoreError
  /// Whether lines could be kept nowhere.
  package let isLossy: Bool
  /// One line for a person.
  package let description: String

  /// Describes a failure.
  ///
  /// - Parameters:
  ///   - cause: What was in the way.
  ///   - statistics: How many lines are kept in files, and how many are lost.
  ///   - database: The file of the database.
  init(_ cause: StoreError, _ statistics: RunStatistics, _ database: String) {
    self.cause = cause
    isLossy = statistics.lost > 0
    var text = cause.message
    if statistics.spilled > 0 {
      text += "; \(statistics.spilled) lines wait in \(database)-spill, the next writer stores them"
    }
    if isLossy { text += "; \(statistics.lost) lines could be kept nowhere and are lost" }
    description = text
  }

  /// Describes lines that could be kept nowhere, though the database can be written again.
  init(_ cause: SystemError, _ statistics: RunStatistics, _ database: String) {
    let message = "cannot keep lines in \(database)-spill: \(cause.reason)"
    self.init(StoreError(.logFailed, .inputOutput, message), statistics, database)
  }
}
