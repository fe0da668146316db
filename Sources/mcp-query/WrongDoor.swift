internal import ArgumentParser
internal import MCPCommandLine

/// Helps those who came to the wrong program, or mistyped a command.
enum WrongDoor {
  /// What `mcp-sidecar` does.
  private static let recording = [
    "ingest", "run", "tap", "hook", "setup", "instance", "relationship", "issue", "config",
    "migrate", "vacuum", "backup", "prune", "import", "sync",
  ]

  /// What `mcp-sidecar rejected` does.
  private static let retrying = ["retry", "delete"]

  /// The words of a command line with a `--db` that stands before the command behind it.
  static func ordered(_ arguments: [String]) -> [String] {
    guard let first = arguments.first else { return arguments }
    let count = first == "--db" ? 2 : first.hasPrefix("--db=") ? 1 : 0
    guard count > 0, arguments.count > count, !arguments[count].hasPrefix("-") else {
      return arguments
    }
    return [arguments[count]] + arguments.prefix(count) + arguments.dropFirst(count + 1)
  }

  /// What to say to a command line that begins with no command of this program.
  ///
  /// - Parameters:
  ///   - arguments: The command line.
  ///   - configuration: The program, with its commands.
  /// - Returns: The error, or `nil` where the command is known.
  static func error(
    _ arguments: [String],
    of configuration: CommandConfiguration
  ) -> CommandError? {
    guard let word = arguments.first, !word.hasPrefix("-") else { return nil }
    let commands = configuration.subcommands.flatMap { command in
      [command.configuration.commandName ?? ""] + command.configuration.aliases
    }
    let isWriting = word == "rejected" && arguments.dropFirst().first.map(retrying.contains) == true
    guard !commands.contains(word) || isWriting, word != "help" else { return nil }
    if recording.contains(word) || isWriting {
      return CommandError(
        .usage,
        "mcp-query only reads; that is 'mcp-sidecar \(arguments.prefix(2).joined(separator: " "))'"
      )
    }
    let advice = Suggestion.nearest(to: word, among: commands).map { "did you mean '\($0)'?" }
    return CommandError(
      .usage,
      "there is no command '\(word)'; \(advice ?? "see 'mcp-query --help' for those there are")"
    )
  }
}
