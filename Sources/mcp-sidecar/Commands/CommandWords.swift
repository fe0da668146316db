internal import MCPSystem

/// The words of a command that stands at the end of the command line.
struct CommandWords {
  private let count: Int

  /// Takes what the parser has captured: the words, perhaps with `--` before them.
  init(_ captured: [String]) {
    count = captured.first == "--" ? captured.count - 1 : captured.count
  }

  /// Whether there is no command.
  var isEmpty: Bool { count == 0 }

  /// The words, byte for byte: an argument need not be UTF-8.
  var words: [CommandWord] { CommandWord.ofThisProcess(last: count) }
}
