internal import GRDB

internal import MCPEvents

extension StoreTransaction {
  /// Stores an issue; see ``AgentStore/upsertGitHubIssue(_:)``.
  public func upsertGitHubIssue(_ issue: NewGitHubIssue) throws(StoreError) {
    try operation(.updateFailed, "store the issue \(issue.number)") { try upsert(issue) }
  }

  /// Stores issues; see ``AgentStore/syncGitHubIssues(_:)``.
  public func syncGitHubIssues(_ issues: [NewGitHubIssue]) throws(StoreError) {
    try operation(.updateFailed, "store \(issues.count) issues") {
      for (index, issue) in issues.enumerated() {
        do {
          try upsert(issue)
        } catch let error as LineRejection {
          let place = "issue \(index + 1) of \(issues.count) (number \(issue.number))"
          throw LineRejection(error.code, "\(place): \(error.message)")
        }
      }
    }
  }

  private func upsert(_ issue: NewGitHubIssue) throws {
    var patch = try issue.patch()
    try patch.set("synced_at", .integer(now.milliseconds))
    _ = try patches.apply(patch)
  }

  /// An issue; see ``AgentStore/gitHubIssue(_:repository:)``.
  public func gitHubIssue(
    _ number: Int,
    repository: String? = nil
  ) throws(StoreError) -> GitHubIssue? {
    try operation(.queryFailed, "read the issue \(number)") {
      try RecordQueries.issue(number, repository, database)
    }
  }
}

extension RecordQueries {
  static func issue(
    _ number: Int,
    _ repository: String?,
    _ database: Database
  ) throws -> GitHubIssue? {
    guard let repository else { return try onlyIssue(number, database) }
    let parts = repository.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
      throw LineRejection(
        .invalidValue,
        "'repository' must be owner/name, not \(repository.quotedForMessage)"
      )
    }
    let select = try PreparedStatement(
      """
      SELECT \(GitHubIssue.columnList) FROM github_issues
      WHERE repo_owner = ? AND repo_name = ? AND number = ?
      """,
      database
    )
    select.bind([.text(String(parts[0])), .text(String(parts[1])), .integer(Int64(number))])
    return try select.firstRow(GitHubIssue.init)
  }

  /// The issue with a number, if only one repository has one.
  private static func onlyIssue(_ number: Int, _ database: Database) throws -> GitHubIssue? {
    let select = try PreparedStatement(
      """
      SELECT \(GitHubIssue.columnList) FROM github_issues WHERE number = ?
      ORDER BY repo_owner, repo_name
      """,
      database
    )
    select.bind(Int64(number), at: 1)
    let issues = try select.rows(GitHubIssue.init)
    guard issues.count > 1 else { return issues.first }
    let names = issues.map(\.repository).joined(separator: ", ")
    throw StoreError(
      .queryFailed,
      .invalid,
      "the issue \(number) is in several repositories: say which of \(names)"
    )
  }
}
