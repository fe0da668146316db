public import MCPEvents

/// An issue to be stored.
///
/// What is left out stays as it was stored before.
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
