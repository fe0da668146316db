import MCPStore
import MCPTestSupport
import Testing

@Suite struct `The guide's quick start` {
  @Test func `creates an instance, moves its status, and lists it`() async throws {
    let store = try await AgentStore.inMemory()
    let id = try await store.createInstance(
      NewInstance(
        id: "work-123-a1",
        type: .coding,
        status: .started,
        worktreePath: "/path/to/worktree",
        branchName: "feature/new-feature",
        baseBranch: "main",
        tmuxSession: "claude-session",
        claudePID: 12345,
        issueNumber: 123,
        agentNumber: 1,
        systemPrompt: "You are a coding assistant..."
      )
    )
    try await store.updateInstanceStatus(id, to: .waitingReview)
    let instances = try await store.instances(
      matching: InstanceFilter(
        types: [.coding],
        statuses: [.started, .waitingReview],
        orderBy: .lastActivity,
        direction: .descending,
        limit: 10
      )
    )
    #expect(instances.map(\.id) == ["work-123-a1"])
    #expect(instances.first?.status == .waitingReview)
  }
}
