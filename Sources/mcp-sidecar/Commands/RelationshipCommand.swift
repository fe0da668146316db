internal import ArgumentParser
internal import MCPEvents
internal import MCPStore

/// Writes relationships.
struct RelationshipCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relationship",
    abstract: "Say how one instance came from another.",
    discussion: """
      Examples:
        mcp-sidecar relationship add work-123-a1 review-123-a1 --type spawned_review
        mcp-sidecar relationship update 7 --review-iteration 2
        mcp-query relationships --instance work-123-a1        read them
      """,
    subcommands: [Add.self, Update.self]
  )

  /// Creates a relationship.
  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Create a relationship, and print its number."
    )

    @Argument(help: "The instance that was there before.")
    var parent: String

    @Argument(help: "The instance that came from it.")
    var child: String

    @Option(help: "How.")
    var type: RelationshipType

    @Option(help: "Which round of reviews it belongs to.")
    var reviewIteration = 1

    @Option(help: ArgumentHelp("What is known of it besides.", valueName: "JSON"))
    var metadata: String?

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let number = try database.write {
        try $0.createRelationship(
          NewRelationship(
            parentInstance: parent,
            childInstance: child,
            type: type,
            reviewIteration: reviewIteration,
            metadata: metadata
          )
        )
      }
      print(number)
    }
  }

  /// Changes a relationship.
  struct Update: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Change what is named; the rest stays."
    )

    @Argument(help: "The number of the relationship.")
    var number: Int64

    @Option(help: "Which round of reviews it belongs to.")
    var reviewIteration: Int?

    @Option(help: ArgumentHelp("What is known of it besides.", valueName: "JSON"))
    var metadata: String?

    @Flag(help: "Make the metadata empty.")
    var clearMetadata = false

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let update = RelationshipUpdate(
        reviewIteration: reviewIteration,
        metadata: metadata,
        clearsMetadata: clearMetadata
      )
      try database.write { try $0.updateRelationship(number, update) }
    }
  }
}
