public import MCPEvents

/// An issue of a GitHub repository, as it was when it was last stored.
public struct GitHubIssue: Hashable, Sendable {
  /// Who owns the repository.
  public internal(set) var repositoryOwner: String
  /// The repository.
  public internal(set) var repositoryName: String
  /// The number of the issue in its repository.
  public internal(set) var number: Int
  /// Its title.
  public internal(set) var title: String
  /// Its text.
  public internal(set) var body: String?
  /// `open`, `closed`, or another word of GitHub's.
  public internal(set) var state: String
  /// Who works on it.
  public internal(set) var assignee: String?
  /// The names of its labels, as a JSON array.
  public internal(set) var labels: String?
  /// When it was made, at GitHub.
  public internal(set) var createdAt: UnixTime?
  /// When it was last changed, at GitHub.
  public internal(set) var updatedAt: UnixTime?
  /// When it was stored here.
  public internal(set) var syncedAt: UnixTime

  /// The repository, as owner/name.
  public var repository: String { "\(repositoryOwner)/\(repositoryName)" }
}

extension GitHubIssue {
  /// Reads the current row of a statement that selects ``columnList``.
  init(_ row: PreparedStatement) {
    repositoryOwner = row.string(0) ?? ""
    repositoryName = row.string(1) ?? ""
    number = row.int(2) ?? 0
    title = row.string(3) ?? ""
    body = row.string(4)
    state = row.string(5) ?? ""
    assignee = row.string(6)
    labels = row.string(7)
    createdAt = row.optionalTime(8)
    updatedAt = row.optionalTime(9)
    syncedAt = row.time(10)
  }

  static let columnList = """
    repo_owner, repo_name, number, title, body, state, assignee, labels, created_at, updated_at,
    synced_at
    """
}
