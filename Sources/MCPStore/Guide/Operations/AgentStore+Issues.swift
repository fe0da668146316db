extension AgentStore {
  /// Stores an issue, or brings the one that is stored up to date.
  ///
  /// - Parameter issue: The issue; what it leaves out stays as it was.
  /// - Throws: A ``StoreError`` when a value is not allowed.
  public func upsertGitHubIssue(_ issue: NewGitHubIssue) async throws(StoreError) {
    try await perform(.updateFailed) { try $0.upsertGitHubIssue(issue) }
  }

  /// Stores many issues in one transaction: all of them, or none.
  ///
  /// - Parameter issues: The issues.
  /// - Throws: A ``StoreError`` that says which issue is wrong.
  public func syncGitHubIssues(_ issues: [NewGitHubIssue]) async throws(StoreError) {
    try await perform(.updateFailed) { try $0.syncGitHubIssues(issues) }
  }

  /// An issue; `nil` when none is stored.
  ///
  /// - Parameters:
  ///   - number: Its number.
  ///   - repository: Its repository, as owner/name; it may be left out while only one repository
  ///     has an issue with this number.
  /// - Returns: The issue.
  /// - Throws: A ``StoreError`` that lists the repositories when there are several.
  public func gitHubIssue(
    _ number: Int,
    repository: String? = nil
  ) async throws(StoreError) -> GitHubIssue? {
    try await query("read the issue \(number)") {
      try RecordQueries.issue(number, repository, $0)
    }
  }
}
