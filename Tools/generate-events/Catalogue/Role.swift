/// What an instance is there for; four of them work on one issue.
enum Role: Int, CaseIterable {
  case coding
  case review
  /// A second coding agent that tries another way.
  case fork
  case planning

  /// The program behind the agent, as identities of its calls name it.
  var agent: String {
    switch self {
    case .coding, .planning: "claude"
    case .review, .fork: "codex"
    }
  }

  var model: String {
    switch self {
    case .coding: "claude-sonnet-4-5"
    case .planning: "claude-opus-4-5"
    case .review, .fork: "gpt-5-codex"
    }
  }

  /// Whether its sessions end with something to review.
  var opensPullRequests: Bool {
    switch self {
    case .coding, .fork: true
    case .review, .planning: false
    }
  }

  /// The tools of the role; a tool that is used more often stands here more often.
  var tools: [Tool] {
    switch self {
    case .coding, .fork:
      tools([
        (.readFile, 12), (.editFile, 11), (.bash, 9), (.runTests, 5), (.grep, 6),
        (.writeFile, 3), (.think, 3), (.getIssue, 2), (.webFetch, 2), (.queryDatabase, 2),
        (.moveFile, 1), (.deleteFile, 1), (.updateIssue, 1),
      ])
    case .review:
      tools([
        (.readFile, 10), (.grep, 6), (.bash, 4), (.runTests, 2), (.createReview, 4), (.think, 3),
        (.getIssue, 2),
      ])
    case .planning:
      tools([
        (.readFile, 8), (.grep, 5), (.getIssue, 5), (.think, 5), (.searchWeb, 4), (.webFetch, 2),
        (.updateIssue, 3), (.writeFile, 1),
      ])
    }
  }

  private func tools(_ weights: [(tool: Tool, weight: Int)]) -> [Tool] {
    weights.flatMap { Array(repeating: $0.tool, count: $0.weight) }
  }
}
