import Foundation
import MCPStore
import MCPSystem
import MCPTestSupport
import Testing

/// Databases of released versions, made by our own code of that time.
enum Fixtures {
  /// The key of their encrypted values.
  static var key: EncryptionKey {
    get throws { try #require(EncryptionKey(String(repeating: "07", count: 32))) }
  }

  static func path(_ name: String) -> String? {
    Bundle.module.resourceURL?.appendingPathComponent("Fixtures/\(name)").path
  }

  /// What every fixture holds.
  static func fill(_ store: AgentStore) async throws {
    try await store.createInstance(NewInstance(id: "work-1-a1", issueNumber: 1))
    try await store.createInstance(
      NewInstance(id: "review-1-a1", type: .review, parentInstanceID: "work-1-a1")
    )
    try await store.createInstance(NewInstance(id: "gone", type: "acme.own", status: .terminated))
    try await store.createRelationship(.sample(from: "work-1-a1", to: "review-1-a1"))
    try await store.logMCPEvent(.sample(of: "gone"))
    try await store.logMCPEvents([
      .sample(of: "work-1-a1"), .sample(of: "work-1-a1") { $0.outcome = .denied },
      .sample(of: "work-1-a1") { $0.errorMessage = "a NUL \0 and ünïcödé" },
    ])
    try await store.deleteInstance("gone", reason: "a fixture")
    try await store.createInstance(NewInstance(id: "plan-1-a1", type: .planning))
    try await store.updateInstanceStatus("work-1-a1", to: .waitingReview)
    try await store.upsertGitHubIssue(
      NewGitHubIssue(
        number: 1,
        title: "The first issue",
        repositoryOwner: "organization",
        repositoryName: "repository"
      )
    )
    try await store.setConfig("default.branch", "main")
    try await store.setConfig("github.token", "ghp_token123", encrypted: true)
  }
}

@Suite struct `The fixture of the newest version` {
  /// Run with `MCP_SIDECAR_MAKE_FIXTURE=DIRECTORY` once when a version is released.
  @Test(
    .enabled(if: ProcessEnvironment.variable("MCP_SIDECAR_MAKE_FIXTURE") != nil)
  )
  func `is made when it is asked for`() async throws {
    let directory = ProcessEnvironment.variable("MCP_SIDECAR_MAKE_FIXTURE") ?? ""
    let key = try Fixtures.key
    let temporary = try await TemporaryStore(clock: TestClock()) { $0.keys = .keys([key]) }
    try await Fixtures.fill(temporary.store)
    let version = try #require(try temporary.value("PRAGMA user_version"))
    try await temporary.store.backup(to: "\(directory)/version-\(version).db", replacing: true)
  }
}
