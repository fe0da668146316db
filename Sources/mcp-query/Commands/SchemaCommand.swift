internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore

/// Shows the tables and what their columns mean.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Show the tables, and what each column means."
  )

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let reader = try database.openReader()
    try reader.read { snapshot in
      var buffer = OutputBuffer()
      try buffer.append("-- schema version \(snapshot.schemaVersion)\n")
      try snapshot.forEachDefinition {
        try buffer.append(TerminalText.escaped($0, keepingLines: true) + ";\n")
      }
      try buffer.flush()
    }
  }
}
