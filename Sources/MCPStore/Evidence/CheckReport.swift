/// What a check of a database found.
package struct CheckReport: Hashable, Sendable {
  /// What is wrong, a sentence each; nothing if all is well.
  package internal(set) var problems: [String] = []
  /// How many events there are.
  package internal(set) var events: Int64 = 0
  /// How many entries the log of batches has.
  package internal(set) var batches: Int64 = 0
  /// How many events have been erased, and are known to have been.
  package internal(set) var erasedEvents: Int64 = 0
  /// How many runs the conservation law was checked for.
  package internal(set) var runs: Int64 = 0

  /// The most problems that are listed; a damaged file can have as many as it has rows.
  package static let mostProblems = 100

  mutating func note(_ problem: @autoclosure () -> String) {
    if problems.count < Self.mostProblems { problems.append(problem()) }
  }
}
