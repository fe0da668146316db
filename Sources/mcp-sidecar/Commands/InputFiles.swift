internal import ArgumentParser
internal import Logging
internal import MCPCommandLine
internal import MCPSystem

/// The files that words on the command line stand for.
struct InputFiles {
  private let logger: Logger
  /// What was left out: it is told once, however often somebody looks.
  private var leftOut: Set<String> = []

  /// Finds files, and tells `logger` what it leaves out.
  init(_ logger: Logger) {
    self.logger = logger
  }

  /// A file for itself, a directory for every `*.jsonl` and `*.jsonl.gz` below it, in order.
  ///
  /// - Throws: A ``CommandError`` when there is no such file.
  mutating func find(_ word: String) throws -> [String] {
    guard let status = try FileStatus.of(word) else { throw Self.missing(word) }
    guard status.kind == .directory else { return [word] }
    let listing = try FileSystem.files(below: word)
    for failure in listing.failures where leftOut.insert("\(failure)").inserted {
      logger.warning("left out: \(failure)")
    }
    return listing.files.filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.gz") }
  }

  private static func missing(_ word: String) -> CommandError {
    let commands = MCPSidecar.configuration.subcommands.compactMap { $0.configuration.commandName }
    guard !word.contains("/"), !word.contains("."),
      let meant = Suggestion.nearest(to: word, among: commands + Suggestion.queryCommands)
    else { return CommandError(.noInput, "there is no file or command called '\(word)'") }
    let program = commands.contains(meant) ? "mcp-sidecar" : "mcp-query"
    return CommandError(
      .usage,
      "there is no file or command called '\(word)'; did you mean '\(program) \(meant)'?"
    )
  }
}
