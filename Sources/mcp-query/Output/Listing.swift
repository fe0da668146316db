internal import ArgumentParser
internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Shows the rows of a query in the form that was asked for.
struct Listing {
  let table: RecordTable
  let query: RecordQuery
  let output: OutputOptions
  let zone: TimeZoneOptions

  /// Shows the rows.
  ///
  /// - Parameter reader: The database.
  /// - Throws: What reading or writing throws, a `CommandError` for a column that there is not, and
  ///   the status for `--fail-if-any`.
  func show(from reader: StoreReader) throws {
    let chosen = try output.chosenColumns(of: table)
    let count = try reader.read { snapshot in
      var buffer = OutputBuffer()
      let source = RowSource(table: table, query: query, snapshot: snapshot)
      let count =
        switch output.format {
        case .jsonl: try JSONForm(columns: chosen).write(source, to: &buffer)
        case .json: try JSONForm(columns: chosen).writeArray(source, to: &buffer)
        case .csv: try CSVForm(columns: chosen ?? table.columns).write(source, to: &buffer)
        case .markdown:
          try MarkdownForm(columns: chosen ?? table.shownColumns, cells: cells)
            .write(source, to: &buffer)
        case .table: try tableForm(chosen).write(source, to: &buffer)
        }
      try buffer.flush()
      return count
    }
    if output.failIfAny, count > 0 { throw ExitCode(ExitStatus.matched.rawValue) }
  }

  private var cells: CellText { CellText(offset: zone.offset(atUnixSeconds:)) }

  private func tableForm(_ chosen: [ListedColumn]?) -> TableForm {
    TableForm(
      columns: chosen ?? table.shownColumns,
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
