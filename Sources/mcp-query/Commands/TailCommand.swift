internal import ArgumentParser
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Shows the newest events, and those to come.
struct TailCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tail",
    abstract: "Show the newest events, and with -f those to come.",
    discussion: """
      Examples:
        mcp-query tail -f
        mcp-query tail -f --failed --repo acme/shop
        mcp-query tail -f -o jsonl | jq -c .tool_name
      """
  )

  @Flag(name: [.customShort("f"), .long], help: "Go on with every event that is recorded.")
  var follow = false

  @Option(name: [.customShort("n"), .long], help: "So many of those that are there.")
  var lines = 10

  @OptionGroup(title: "Filter") var filter: FilterOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var zone: TimeZoneOptions
  @OptionGroup var database: DatabaseOptions

  /// How long a new event waits to be seen.
  private static let interval = Duration.milliseconds(150)

  mutating func validate() throws {
    guard lines >= 0 else { throw ValidationError("--lines cannot be negative") }
    guard output.format == .table || output.format == .jsonl else {
      throw ValidationError("tail writes a table or jsonl")
    }
  }

  func run() throws {
    let reader = try database.openReader()
    let wanted = try filter.filter(zone)
    var form = EventTailForm(
      try output.chosenColumns(of: RecordTable.events.columns),
      Listing(.events, output, zone),
      isTable: output.format == .table
    )
    var seen = try reader.read { snapshot in
      var query = RecordQuery(wanted)
      query.limit = lines
      query.isDescending = true
      try form.write(query, isReversed: true, snapshot)
      return try snapshot.newestEventID()
    }
    var poller = Poller()
    _ = poller.watch(BorrowedDescriptor.standardOutput, for: [])
    while follow {
      // Only a reader that has left makes it ready.
      if try poller.wait(until: .now + Self.interval) == .ready { return }
      seen = try reader.read { snapshot in
        let newest = try snapshot.newestEventID()
        guard newest > seen else { return seen }
        var query = RecordQuery(wanted)
        query.afterID = seen
        try form.write(query, isReversed: false, snapshot)
        return newest
      }
    }
  }
}
