import MCPStore

/// The guide's quick start: one instance, its events, and what they look like afterwards.
///
///     swift run quick-start                 a database in memory
///     swift run quick-start events.db       a file
@main struct QuickStart {
  static func main() async throws {
    var configuration = StoreConfiguration()
    configuration.local.file = CommandLine.arguments.dropFirst().first ?? ":memory:"
    let store = try await AgentStore.open(configuration)

    // Create an instance.
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

    // Log what it does.
    try await store.logMCPEvent(
      NewMCPEvent(
        instanceID: id,
        toolName: "edit_file",
        success: true,
        metadata: #"{"file":"src/main.ts","lines":50}"#
      )
    )
    try await store.logMCPEvent(
      NewMCPEvent(
        instanceID: id,
        toolName: "run_tests",
        success: false,
        errorMessage: "Test suite failed with 3 errors",
        metadata: #"{"failed_tests":["test1","test2","test3"]}"#
      )
    )

    // Update its status, which logs an event as well.
    try await store.updateInstanceStatus(id, to: .waitingReview)

    // List instances with filtering.
    let instances = try await store.instances(
      matching: InstanceFilter(
        types: [.coding],
        statuses: [.started, .waitingReview],
        orderBy: .lastActivity,
        direction: .descending,
        limit: 10
      )
    )
    for instance in instances {
      print("\(instance.id) \(instance.type) \(instance.status)")
      for event in try await store.mcpEvents(instance.id, limit: 50) {
        print("  \(event.instanceSequence) \(event.toolName) \(event.outcome.rawValue)")
      }
    }
    try await store.disconnect()
  }
}
