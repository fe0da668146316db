internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore
internal import MCPSystem

/// How records are shown.
struct OutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .long],
    help:
      "table, json (an array), jsonl (a record a line), csv or markdown; else a table on a terminal, and jsonl in a pipe."
  )
  var output: OutputFormat?

  @Option(
    help: ArgumentHelp(
      "Only these columns, in this order, with commas between.",
      valueName: "names"
    )
  )
  var columns: String?

  @Flag(help: "No colours; the same as NO_COLOR.")
  var noColor = false

  @Flag(help: "Never through a pager.")
  var noPager = false

  @Flag(help: "End with status 1 if anything matched.")
  var failIfAny = false

  /// The format: what was asked for, else what suits the place.
  var format: OutputFormat {
    output ?? (BorrowedDescriptor.standardOutput.isTerminal ? .table : .jsonl)
  }

  /// Whether colours may be used.
  var isColored: Bool {
    !noColor && BorrowedDescriptor.standardOutput.isTerminal
      && (ProcessEnvironment.variable("NO_COLOR") ?? "").isEmpty
  }

  /// The columns that were asked for.
  ///
  /// - Parameter all: The columns there are.
  /// - Returns: The columns, `nil` when none were asked for.
  /// - Throws: A `CommandError` for a column that there is not.
  func chosenColumns(of all: [ListedColumn]) throws -> [ListedColumn]? {
    guard let columns else { return nil }
    let names = columns.split(separator: ",").map { $0.filter { $0 != " " } }
    guard !names.isEmpty else { throw CommandError(.usage, "--columns names no column") }
    return try names.map { name in
      guard let column = all.first(where: { $0.name == name }) else {
        throw ColumnNames.unknown(name, "--columns", all.map(\.name))
      }
      return column
    }
  }
}

/// The forms in which records are shown.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument {
  case table, json, jsonl, csv, markdown
}
