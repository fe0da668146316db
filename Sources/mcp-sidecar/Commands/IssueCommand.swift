internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore

/// Writes GitHub issues.
struct IssueCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "issue",
    abstract: "Store GitHub issues.",
    discussion: """
      Examples:
        gh issue list --json number,title,body,state,assignees,labels,createdAt,updatedAt,url \\
          | mcp-sidecar issue sync -
        gh api repos/OWNER/NAME/issues | mcp-sidecar issue sync -
        mcp-sidecar issue sync issues.json --repo owner/name
        mcp-query issues        read them
      """,
    subcommands: [Sync.self]
  )

  /// Stores issues.
  struct Sync: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Store the issues of a file, all or none; '-' is standard input.",
      discussion: """
        The file is what 'gh issue list --json …' or GitHub's API prints: an array, one object, or \
        an object a line. The repository is taken from the issue's url, else from --repo.
        """
    )

    @Argument(help: "The file, or '-'.", completion: .file())
    var file: String

    @Option(help: ArgumentHelp("The repository of issues without a url.", valueName: "owner/name"))
    var repo: String?

    @OptionGroup var database: DatabaseOptions

    private static let longestInput = 256 << 20

    func run() throws {
      let bytes = try StandardInput.content(of: file, atMost: Self.longestInput)
      let issues: [NewGitHubIssue]
      do throws(StoreError) {
        issues = try NewGitHubIssue.list(gitHubJSON: bytes, repository: repo)
      } catch {
        throw CommandError(.badData, "\(file): \(error.message)")
      }
      try database.withStore { store in
        try store.transactionNow { try $0.syncGitHubIssues(issues) }
      }
      Diagnostics.write("\(issues.count) issues stored")
    }
  }
}
