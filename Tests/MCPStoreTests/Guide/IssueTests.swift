import MCPStore
import MCPTestSupport
import Testing

@Suite struct `GitHub issues` {
  @Test func `are stored and found by number`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    try await store.upsertGitHubIssue(
      NewGitHubIssue(
        number: 123,
        title: "Implement new feature",
        body: "Description of the feature...",
        state: "open",
        assignee: "developer",
        labels: #"["feature","priority-high"]"#,
        repositoryOwner: "organization",
        repositoryName: "repository"
      )
    )
    let issue = try #require(try await store.gitHubIssue(123))
    #expect(issue.number == 123)
    #expect(issue.title == "Implement new feature")
    #expect(issue.body == "Description of the feature...")
    #expect(issue.state == "open")
    #expect(issue.assignee == "developer")
    #expect(issue.labels == #"["feature","priority-high"]"#)
    #expect(issue.repository == "organization/repository")
    #expect(issue.syncedAt == clock.now)
    #expect(try await store.gitHubIssue(124) == nil)
  }

  @Test func `change only in what is given, and note when that was`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let issue = NewGitHubIssue.sample()
    try await store.upsertGitHubIssue(issue)
    clock.advance(by: .seconds(9))
    var change = NewGitHubIssue(
      number: issue.number,
      state: "closed",
      repositoryOwner: "ORGANIZATION",
      repositoryName: "Repository"
    )
    change.clearing = [.assignee]
    try await store.upsertGitHubIssue(change)
    let stored = try #require(try await store.gitHubIssue(issue.number))
    #expect(stored.state == "closed")
    #expect(stored.title == issue.title)
    #expect(stored.assignee == nil)
    #expect(stored.syncedAt == clock.now)
    clock.advance(by: .seconds(9))
    try await store.upsertGitHubIssue(change)
    #expect(try await store.gitHubIssue(issue.number)?.syncedAt == clock.now)
  }

  @Test func `with one number in two repositories need the repository`() async throws {
    let store = try await AgentStore.inMemory()
    for name in ["one", "two"] {
      try await store.upsertGitHubIssue(
        .sample {
          $0.number = 123
          $0.repositoryName = name
        }
      )
    }
    await expectFailure(
      .queryFailed,
      .invalid,
      mentioning: "organization/one",
      "organization/two"
    ) {
      try await store.gitHubIssue(123)
    }
    let found = try await store.gitHubIssue(123, repository: "Organization/TWO")
    #expect(found?.repositoryName == "two")
    await expectFailure(.queryFailed, .invalid, mentioning: "'repository'") {
      try await store.gitHubIssue(123, repository: "two")
    }
  }

  @Test func `are synced in bulk, all or none`() async throws {
    let store = try await AgentStore.inMemory()
    var issues = (1...20).map { number in NewGitHubIssue.sample { $0.number = number } }
    try await store.syncGitHubIssues(issues)
    #expect(try await store.gitHubIssue(20)?.title == issues[19].title)
    for index in issues.indices { issues[index].title = "changed" }
    issues[10].labels = "feature"
    await expectFailure(.updateFailed, .invalid, mentioning: "issue 11 of 20", "'labels'") {
      try await store.syncGitHubIssues(issues)
    }
    #expect(try await store.gitHubIssue(1)?.title != "changed")
  }
}
