internal import ArgumentParser
internal import MCPCommandLine
internal import MCPEvents
internal import MCPIngest
internal import MCPStore

/// Writes instances.
struct InstanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "instance",
    abstract: "Create, change or delete an instance.",
    discussion: """
      Examples:
        mcp-sidecar instance create work-123-a1 --issue 123 --branch feature/login
        mcp-sidecar instance update work-123-a1 --pr 456 --clear issue_number
        mcp-sidecar instance status work-123-a1 waiting_review
        mcp-sidecar instance delete work-123-a1 --reason "asked by its user"
        mcp-query instances --status started        read them
      """,
    subcommands: [Create.self, Update.self, Status.self, Delete.self]
  )

  /// Creates an instance.
  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Create an instance; its id must be new."
    )

    @Argument(help: "The id: any text that is unique in the database.")
    var id: String

    @OptionGroup var fields: InstanceFields
    @OptionGroup var database: DatabaseOptions

    func run() throws {
      try database.write { _ = try $0.createInstance(fields.newInstance(id)) }
    }
  }

  /// Changes an instance.
  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change what is named; the rest stays."
    )

    @Argument(help: "The instance.")
    var id: String

    @OptionGroup var fields: InstanceFields

    @Option(
      name: .customLong("clear"),
      help: ArgumentHelp("A column to make empty; may be repeated.", valueName: "column")
    )
    var cleared: [InstanceUpdate.Field] = []

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      try database.write { try $0.updateInstance(id, fields.update(clearing: Set(cleared))) }
    }
  }

  /// Moves an instance to a status.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Move an instance to a status, and log that."
    )

    @Argument(help: "The instance.")
    var id: String

    @Argument(help: "Where it stands from now on.")
    var status: InstanceStatus

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      try database.write { try $0.updateInstanceStatus(id, to: status) }
    }
  }

  /// Deletes an instance.
  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Delete an instance, its relationships and all of its events.",
      discussion: "The digests of the events stay, beside a sealed note of what was erased."
    )

    @Argument(help: "The instance.")
    var id: String

    @Option(help: "Why; it is kept as evidence.")
    var reason: String?

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      try database.withStore { store in
        // Lines of the instance may still wait in files: they are stored, and then go with it.
        var recorder = try Ingester(
          store: store,
          options: IngestOptions(),
          programVersion: ProgramVersion.current,
          signalHandling: .caller
        )
        try recorder.ingestSpill()
        try store.transactionNow { try $0.deleteInstance(id, reason: reason) }
      }
    }
  }
}
