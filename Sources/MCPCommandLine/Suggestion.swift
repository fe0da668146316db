internal import MCPEvents

/// What somebody probably meant.
package enum Suggestion {
  /// The commands of the program that reads.
  package static let queryCommands = [
    "events", "instances", "relationships", "issues", "runs", "files", "show", "stats", "ps",
    "tree", "tail", "sql", "schema", "doctor", "check", "export", "verify", "report",
  ]

  /// The word that is nearest to what was typed, if any is near.
  package static func nearest(to typed: String, among words: [String]) -> String? {
    words.map { ($0, OpenWord.distance($0, typed)) }
      .filter { $0.1 <= (typed.utf8.count < 4 ? 1 : max(2, typed.utf8.count / 3)) }
      .min { $0.1 < $1.1 }?.0
  }
}
