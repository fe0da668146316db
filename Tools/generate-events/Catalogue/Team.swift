/// The instances that work on one issue, and how they came to be.
struct Team {
  private static let repositories = ["acme/webshop", "acme/billing", "acme/účetnictví", "acme/app"]

  private let issue: Int
  private let members: [Instance]

  /// The teams of the instances from 0 to `count` - 1; the last one may be small.
  static func all(ofInstances count: Int) -> some Sequence<Team> {
    let size = Role.allCases.count
    return stride(from: 0, to: count, by: size).lazy.map { first in
      Team(members: (first..<min(first + size, count)).map(Instance.init))
    }
  }

  private init(members: [Instance]) {
    issue = members[0].issue
    self.members = members
  }

  /// Appends a line for every instance.
  func appendInstances(at time: Timestamp, to lines: inout [UInt8]) {
    // Parents come before their children.
    for role in [Role.planning, .coding, .fork, .review] {
      guard let member = member(role) else { continue }
      let parent = parent(of: role).map { #""parent_instance_id":"\#($0.id)","# } ?? ""
      let repository = Self.repositories[issue % Self.repositories.count]
      lines +=
        """
        {"kind":"instance","id":"\(member.id)","type":"\(role.type)","status":"started",\
        "worktree_path":"/work/trees/\(member.id)","branch_name":"issue-\(issue)/\(member.id)",\
        "base_branch":"main","tmux_session":"\(member.id)","issue_number":\(issue),\
        "agent_number":\(role == .fork ? 2 : 1),\(parent)"created_at":"\(time)",\
        "agent":"\(role.agent)","model":"\(role.model)","repo":"\(repository)"}\n
        """.utf8
    }
  }

  /// Appends a line for every relationship.
  func appendRelationships(at time: Timestamp, to lines: inout [UInt8]) {
    for role in Role.allCases {
      guard let child = member(role), let parent = parent(of: role) else { continue }
      lines +=
        """
        {"kind":"relationship","parent_instance":"\(parent.id)","child_instance":"\(child.id)",\
        "relationship_type":"\(role.relationshipToParent)","review_iteration":1,\
        "created_at":"\(time)"}\n
        """.utf8
    }
  }

  private func parent(of role: Role) -> Instance? {
    switch role {
    case .planning: nil
    case .coding: member(.planning)
    case .review, .fork: member(.coding)
    }
  }

  private func member(_ role: Role) -> Instance? {
    members.first { $0.role == role }
  }
}

extension Role {
  fileprivate var type: String {
    switch self {
    case .coding, .fork: "coding"
    case .review: "review"
    case .planning: "planning"
    }
  }

  fileprivate var relationshipToParent: String {
    switch self {
    case .review: "spawned_review"
    case .fork: "created_fork"
    case .coding, .planning: "planning_to_issue"
    }
  }
}
