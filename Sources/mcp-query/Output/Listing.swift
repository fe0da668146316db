internal import ArgumentParser
internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Shows rows in the form that was asked for.
struct Listing {
  /// All columns there are.
  let columns: [ListedColumn]
  /// Those that a person sees unless others are asked for.
  let shownColumns: [ListedColumn]
  let output: OutputOptions
  let zone: TimeZoneOptions

  init(_ table: RecordTable, _ output: OutputOptions, _ zone: TimeZoneOptions) {
    self.init(table.columns, shown: table.shownColumns, output, zone)
  }

  init(
    _ columns: [ListedColumn],
    shown: [ListedColumn]? = nil,
    _ output: OutputOptions,
    _ zone: TimeZoneOptions
  ) {
    self.columns = columns
    shownColumns = shown ?? columns
    self.output = output
    self.zone = zone
  }

  /// Shows the rows of a query.
  ///
  /// - Parameters:
  ///   - query: Which rows.
  ///   - table: Of which table.
  ///   - database: Where the table is.
  /// - Throws: What reading or writing throws, a `CommandError` for a column that there is not, and
  ///   the status for `--fail-if-any`.
  func show(
    _ query: RecordQuery,
    of table: RecordTable,
    from database: DatabaseOptions
  ) throws {
    _ = try output.chosenColumns(of: columns)
    try database.openReader().read { snapshot in
      try show(RecordRows(table: table, query: query, snapshot: snapshot))
    }
  }

  /// Shows rows.
  ///
  /// - Parameter rows: The rows.
  /// - Throws: What reading or writing throws, a `CommandError` for a column that there is not, and
  ///   the status for `--fail-if-any`.
  func show(_ rows: some RowSource) throws {
    let chosen = try output.chosenColumns(of: columns)
    var buffer = OutputBuffer()
    let count =
      switch output.format {
      case .jsonl: try JSONForm(columns: chosen).write(rows, to: &buffer)
      case .json: try JSONForm(columns: chosen).writeArray(rows, to: &buffer)
      case .csv: try CSVForm(columns: chosen ?? columns).write(rows, to: &buffer)
      case .markdown:
        try MarkdownForm(columns: chosen ?? shownColumns, cells: cells).write(rows, to: &buffer)
      case .table: try tableForm(chosen).write(rows, to: &buffer)
      }
    try buffer.flush()
    if output.failIfAny, count > 0 { throw ExitCode(ExitStatus.matched.rawValue) }
  }

  private var cells: CellText { CellText(offset: zone.offset(atUnixSeconds:)) }

  /// The rows as a table for a person.
  func tableForm(_ chosen: [ListedColumn]?) -> TableForm {
    TableForm(
      columns: chosen ?? shownColumns,
      cells: cells,
      isColored: output.isColored,
      terminal: BorrowedDescriptor.standardOutput.terminalSize
    )
  }
}

extension RecordTable {
  /// The columns that a person sees unless others are asked for.
  var shownColumns: [ListedColumn] {
    let names =
      switch self {
      case .events:
        ["id", "timestamp", "instance_id", "tool_name", "outcome", "duration_us", "error_message"]
      case .instances:
        ["id", "type", "status", "agent", "issue_number", "event_count", "last_activity"]
      case .relationships:
        [
          "parent_instance", "relationship_type", "child_instance", "review_iteration",
          "created_at",
        ]
      case .issues: ["repo_owner", "repo_name", "number", "state", "title", "assignee"]
      case .runs:
        [
          "id", "state", "source", "started_at", "lines_read", "events", "duplicates", "ignored",
          "blank", "rejected",
        ]
      case .rejected: ["id", "run_id", "line_number", "byte_offset", "code", "reason", "line"]
      }
    return names.compactMap(column)
  }
}
