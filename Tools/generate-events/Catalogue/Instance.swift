/// One agent of the workload, known by its number from 0.
struct Instance {
  private static let firstIssue = 101

  let number: Int
  let role: Role
  /// The issue that four neighbours work on.
  let issue: Int

  init(number: Int) {
    let roles = Role.allCases
    self.number = number
    role = roles[number % roles.count]
    issue = Self.firstIssue + number / roles.count
  }

  var id: String {
    switch role {
    case .coding: "work-\(issue)-a1"
    case .review: "review-\(issue)-a1"
    case .fork: "work-\(issue)-a2"
    case .planning: "plan-\(issue)"
    }
  }
}
