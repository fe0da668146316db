internal import MCPCommandLine

/// What a set-up says, and what it ends with.
struct SetupReport {
  private var problems: [SettingsProblem] = []

  /// Whether there was nothing to tell of any file.
  private(set) var isEmpty = true

  /// Tells of a file and what becomes of it.
  mutating func tell(_ settings: AgentSettings, _ changes: [String]) {
    isEmpty = false
    say("\(settings.agent): \(settings.file.path)")
    for change in changes { say("  " + change) }
  }

  /// Tells of a file that is left alone, and what to do with it by hand.
  mutating func leave(
    _ settings: AgentSettings,
    _ problem: SettingsProblem,
    byHand lines: [String]
  ) {
    tell(settings, ["left alone: " + problem.text + (lines.isEmpty ? "" : "; by hand:")])
    for line in lines { say("    " + line) }
    problems.append(problem)
  }

  /// Tells something else.
  func say(_ text: String) {
    print(TerminalText.escaped(text))
  }

  /// Tells that something did not work.
  mutating func fail(_ problem: SettingsProblem) {
    say(problem.text)
    problems.append(problem)
  }

  /// Ends what could not be done everywhere.
  ///
  /// - Throws: A ``CommandError`` with the status of the first problem, if there was any.
  func end() throws(CommandError) {
    guard let first = problems.first else { return }
    let count = problems.count
    throw CommandError(
      first.status,
      count == 1 ? "a problem, see above" : "\(count) problems, see above"
    )
  }
}
