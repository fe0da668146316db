import MCPStore
import MCPTestSupport
import Testing

@Suite struct `Relationships` {
  @Test func `are created and listed by either end`() async throws {
    let clock = TestClock()
    let store = try await AgentStore.inMemory(clock: clock)
    let id = try await store.createRelationship(
      NewRelationship(
        parentInstance: "work-123-a1",
        childInstance: "review-123-a1",
        type: .spawnedReview,
        reviewIteration: 1,
        metadata: #"{"reason":"Code review requested"}"#
      )
    )
    for end in ["work-123-a1", "review-123-a1"] {
      let relationship = try #require(try await store.relationships(of: end).first)
      #expect(relationship.id == id)
      #expect(relationship.parentInstance == "work-123-a1")
      #expect(relationship.childInstance == "review-123-a1")
      #expect(relationship.type == .spawnedReview)
      #expect(relationship.reviewIteration == 1)
      #expect(relationship.createdAt == clock.now)
      #expect(relationship.metadata == #"{"reason":"Code review requested"}"#)
    }
    #expect(try await store.relationships(of: "nobody").isEmpty)
  }

  @Test func `make the instances that are unknown`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.createRelationship(.sample(from: "a", to: "b"))
    #expect(try await store.instance("a") != nil)
    #expect(try await store.instance("b") != nil)
  }

  @Test func `of unknown instances fail where that is wanted`() async throws {
    let store = try await AgentStore.inMemory { $0.unknownInstances = .reject }
    await expectFailure(.instanceNotFound, .notFound, mentioning: "'a'") {
      try await store.createRelationship(.sample(from: "a", to: "b"))
    }
  }

  @Test func `exist once for each type`() async throws {
    let store = try await AgentStore.inMemory()
    try await store.createRelationship(.sample(from: "a", to: "b"))
    await expectFailure(.relationshipExists, .exists, mentioning: "'a'", "'b'") {
      try await store.createRelationship(.sample(from: "a", to: "b"))
    }
    try await store.createRelationship(.sample(from: "a", to: "b") { $0.type = .createdFork })
    #expect(try await store.relationships(of: "a").count == 2)
  }

  @Test func `are updated`() async throws {
    let store = try await AgentStore.inMemory()
    let id = try await store.createRelationship(.sample(from: "a", to: "b"))
    try await store.updateRelationship(
      id,
      RelationshipUpdate(reviewIteration: 2, metadata: "{\"a\":1}")
    )
    var stored = try await store.relationships(of: "a").first
    #expect(stored?.reviewIteration == 2)
    #expect(stored?.metadata == "{\"a\":1}")
    try await store.updateRelationship(id, RelationshipUpdate(clearsMetadata: true))
    stored = try await store.relationships(of: "a").first
    #expect(stored?.reviewIteration == 2)
    #expect(stored?.metadata == nil)
  }

  @Test func `that are not there cannot be updated`() async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.updateFailed, .notFound, mentioning: "42") {
      try await store.updateRelationship(42, RelationshipUpdate(reviewIteration: 2))
    }
  }

  @Test(
    arguments: [
      Refused<NewRelationship>("parent_instance") { $0.parentInstance = "" },
      Refused<NewRelationship>("child_instance") { $0.childInstance = $0.parentInstance },
      Refused<NewRelationship>("relationship_type") { $0.type = "spawned_reviews" },
      Refused<NewRelationship>("review_iteration") { $0.reviewIteration = -1 },
      Refused<NewRelationship>("metadata") { $0.metadata = "[" },
    ]
  )
  func `refuse what is not allowed, and store nothing`(
    refused: Refused<NewRelationship>
  ) async throws {
    let store = try await AgentStore.inMemory()
    await expectFailure(.insertFailed, .invalid, mentioning: "'\(refused.field)'") {
      try await store.createRelationship(.sample(from: "a", to: "b") { refused.change(&$0) })
    }
    #expect(try await store.instances().isEmpty)
  }
}
