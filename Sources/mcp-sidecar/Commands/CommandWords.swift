internal import ArgumentParser
internal import MCPSystem

/// The words of a command that stands at the end of the command line.
struct CommandWords {
  private let count: Int

  /// Takes what the parser has captured: the words, perhaps with `--` before them.
  init(_ captured: [String]) {
    count = captured.first == "--" ? captured.count - 1 : captured.count
  }

  /// Checks that what was captured is a command.
  ///
  /// - Parameters:
  ///   - captured: What the parser has captured.
  ///   - what: What the command is.
  ///   - command: Whose words they are.
  /// - Throws: A `ValidationError`, if it is nothing, or an unknown option before the command; a
  ///   `CleanExit`, if help is asked for.
  static func validate(
    _ captured: [String],
    _ what: String,
    of command: any ParsableCommand.Type
  ) throws {
    guard let first = captured.first, captured != ["--"] else {
      throw ValidationError("name \(what)")
    }
    if first == "--help" || first == "-h" { throw CleanExit.helpRequest(command) }
    if first.hasPrefix("-"), first != "--" { throw ValidationError("unknown option '\(first)'") }
  }

  /// The words, byte for byte: an argument need not be UTF-8.
  var words: [CommandWord] { CommandWord.ofThisProcess(last: count) }
}
