public import MCPStore
internal import Synchronization

/// Numbers that keep samples apart.
private enum SampleNumber {
  private static let last = Atomic(0)

  static func next() -> Int { last.add(1, ordering: .relaxed).newValue }
}

extension NewInstance {
  /// An instance to test with: all fields of the guide are set, and its id is its own.
  ///
  ///     let instance = NewInstance.sample { $0.status = .waitingReview }
  ///
  /// - Parameter change: Sets what the test is about.
  /// - Returns: The instance.
  public static func sample(_ change: (inout Self) -> Void = { _ in }) -> Self {
    let number = SampleNumber.next()
    var instance = Self(
      id: "work-\(number)-a1",
      type: .coding,
      status: .started,
      worktreePath: "/worktrees/work-\(number)-a1",
      branchName: "feature/issue-\(number)",
      baseBranch: "main",
      tmuxSession: "work-\(number)",
      claudePID: 10_000 + number,
      issueNumber: number,
      systemPrompt: "You are a coding assistant."
    )
    change(&instance)
    return instance
  }
}

extension NewMCPEvent {
  /// An event to test with: a call that worked.
  ///
  /// - Parameters:
  ///   - instanceID: The instance that made the call.
  ///   - change: Sets what the test is about.
  /// - Returns: The event.
  public static func sample(
    of instanceID: String = "work-1-a1",
    _ change: (inout Self) -> Void = { _ in }
  ) -> Self {
    let number = SampleNumber.next()
    var event = Self(
      instanceID: instanceID,
      toolName: "edit_file",
      success: true,
      metadata: "{\"file\":\"src/file\(number).swift\",\"lines\":\(number)}"
    )
    change(&event)
    return event
  }
}

extension NewRelationship {
  /// A relationship to test with: the child reviews the parent's work.
  ///
  /// - Parameters:
  ///   - parent: The instance that was there before.
  ///   - child: The instance that came from it.
  ///   - change: Sets what the test is about.
  /// - Returns: The relationship.
  public static func sample(
    from parent: String,
    to child: String,
    _ change: (inout Self) -> Void = { _ in }
  ) -> Self {
    var relationship = Self(parentInstance: parent, childInstance: child, type: .spawnedReview)
    change(&relationship)
    return relationship
  }
}

extension NewGitHubIssue {
  /// An issue to test with, open and with a number of its own.
  ///
  /// - Parameter change: Sets what the test is about.
  /// - Returns: The issue.
  public static func sample(_ change: (inout Self) -> Void = { _ in }) -> Self {
    let number = SampleNumber.next()
    var issue = Self(
      number: number,
      title: "Issue \(number)",
      body: "What is to be done about \(number).",
      state: "open",
      assignee: "developer",
      labels: "[\"feature\"]",
      repositoryOwner: "organization",
      repositoryName: "repository"
    )
    change(&issue)
    return issue
  }
}
