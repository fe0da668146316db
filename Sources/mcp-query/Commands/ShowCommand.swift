internal import ArgumentParser
internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Shows all that is known of one event.
struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show all that is known of one event.",
    discussion: """
      Examples:
        mcp-query show 4711
        mcp-query show 4711 | jq .metadata
      """
  )

  @Argument(help: "The number of the event, or its uid.")
  var event: String

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    guard let line = try database.openReader().read({ try $0.eventLine(event) }) else {
      throw CommandError(.noInput, "there is no event \(event); see 'mcp-query events'")
    }
    var buffer = OutputBuffer()
    if BorrowedDescriptor.standardOutput.isTerminal {
      try show(try JSONDocument(line.span), to: &buffer)
    } else {
      try buffer.append(json: line.span)
      try buffer.append("\n")
    }
    try buffer.flush()
  }

  private func show(_ record: JSONDocument, to buffer: inout OutputBuffer) throws {
    let entries = record.root.entries
    let width = entries.map(\.key.count).max() ?? 0
    for (key, value) in entries {
      let text = value.string ?? SafeJSON.escaped(Array(value.json).span)
      let padding = String(repeating: " ", count: width - key.count)
      try buffer.append("\(key)\(padding)  \(TerminalText.escaped(text, keepingLines: true))\n")
    }
  }
}
