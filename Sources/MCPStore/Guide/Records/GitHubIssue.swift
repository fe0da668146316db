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

/// An issue to be stored. What is left out stays as it was stored before.
public struct NewGitHubIssue: Hashable, Sendable {
  /// The number of the issue in its repository.
  public var number: Int
  /// Who owns the repository.
  public var repositoryOwner: String
  /// The repository.
  public var repositoryName: String
  /// Its title.
  public var title: String?
  /// Its text.
  public var body: String?
  /// `open`, `closed`, or another word of GitHub's.
  public var state: String?
  /// Who works on it.
  public var assignee: String?
  /// The names of its labels, as a JSON array.
  public var labels: String?
  /// When it was made, at GitHub.
  public var createdAt: UnixTime?
  /// When it was last changed, at GitHub.
  public var updatedAt: UnixTime?
  /// What is to be made empty, because the issue has it no more.
  public var clearing: Set<Field>

  /// A column that can be made empty.
  public enum Field: String, CaseIterable, Hashable, Sendable {
    /// The text.
    case body
    /// Who works on it.
    case assignee
    /// The labels.
    case labels
  }

  /// Describes an issue; what is left out can be set afterwards.
  public init(
    number: Int,
    title: String? = nil,
    body: String? = nil,
    state: String? = nil,
    assignee: String? = nil,
    labels: String? = nil,
    repositoryOwner: String,
    repositoryName: String
  ) {
    self.number = number
    self.title = title
    self.body = body
    self.state = state
    self.assignee = assignee
    self.labels = labels
    self.repositoryOwner = repositoryOwner
    self.repositoryName = repositoryName
    clearing = []
  }
}

extension NewGitHubIssue {
  /// The columns to set.
  func patch() throws(LineRejection) -> RecordPatch {
    var patch = RecordPatch(.issue)
    try patch.set("repo_owner", .text(repositoryOwner))
    try patch.set("repo_name", .text(repositoryName))
    try patch.set("number", .integer(Int64(number)))
    try patch.give("title", title)
    try patch.give("body", body)
    try patch.give("state", state)
    try patch.give("assignee", assignee)
    try patch.give("labels", json: labels)
    try patch.give("created_at", createdAt)
    try patch.give("updated_at", updatedAt)
    for field in clearing {
      guard patch[field.rawValue] == nil else {
        throw LineRejection(.contradiction, "'\(field.rawValue)' is both set and cleared")
      }
      try patch.set(field.rawValue, .null)
    }
    return patch
  }
}
