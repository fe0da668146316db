import GRDB
import MCPStore
import MCPTestSupport
import Testing

/// A database as the guide's TypeScript module writes it.
private struct Original {
  let path: String
  private let queue: DatabaseQueue

  init(in directory: TemporaryDirectory, laterColumns: Bool = true) throws {
    path = directory.file("claude-codex.db")
    queue = try DatabaseQueue(path: path)
    let later = laterColumns ? ", prompt_used TEXT, prompt_context TEXT" : ""
    try queue.writeWithoutTransaction { database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL;
          CREATE TABLE __drizzle_migrations (
            id INTEGER PRIMARY KEY AUTOINCREMENT, hash text NOT NULL, created_at numeric);
          CREATE TABLE instances (
            id text PRIMARY KEY NOT NULL, type text NOT NULL, status text NOT NULL,
            worktree_path text NOT NULL, branch_name text, base_branch text, tmux_session text,
            claude_pid integer, issue_number integer, pr_number integer, pr_url text,
            parent_instance_id text, created_at integer NOT NULL, terminated_at integer,
            last_activity integer, system_prompt text, agent_number integer DEFAULT 1\(later));
          CREATE TABLE mcp_events (
            id integer PRIMARY KEY AUTOINCREMENT NOT NULL, instance_id text NOT NULL,
            tool_name text NOT NULL, success integer NOT NULL, error_message text, metadata text,
            git_commit_hash text, status_change text, is_status_updating integer DEFAULT 0,
            timestamp integer NOT NULL);
          CREATE TABLE instance_relationships (
            id integer PRIMARY KEY AUTOINCREMENT NOT NULL, parent_instance text NOT NULL,
            child_instance text NOT NULL, relationship_type text NOT NULL,
            review_iteration integer DEFAULT 1, created_at integer NOT NULL, metadata text);
          CREATE TABLE github_issues (
            number integer PRIMARY KEY NOT NULL, title text NOT NULL, body text,
            state text NOT NULL, assignee text, labels text, created_at integer NOT NULL,
            updated_at integer NOT NULL, synced_at integer NOT NULL, repo_owner text NOT NULL,
            repo_name text NOT NULL);
          CREATE TABLE user_config (
            key text PRIMARY KEY NOT NULL, value text NOT NULL, encrypted integer DEFAULT 0,
            updated_at integer NOT NULL);
          INSERT INTO instances (id, type, status, worktree_path, issue_number, created_at,
            last_activity, agent_number) VALUES
            ('work-123-a1', 'coding', 'waiting_review', '/w', 123, 1700000000, 1700000100, 1),
            ('old-1', 'refactor', 'pr_merged', '/o', NULL, 1690000000, 1690000001, 1);
          INSERT INTO mcp_events (instance_id, tool_name, success, error_message, metadata,
            status_change, is_status_updating, timestamp) VALUES
            ('work-123-a1', 'edit_file', 1, NULL, '{"file":"a"}', NULL, 0, 1700000010),
            ('work-123-a1', 'run_tests', 0, 'failed', 'no JSON', 'started', 1, 1700000020),
            ('orphan-7', 'edit_file', 1, NULL, NULL, NULL, 0, 1700000030);
          INSERT INTO instance_relationships (parent_instance, child_instance, relationship_type,
            created_at, metadata) VALUES
            ('work-123-a1', 'gone-review', 'spawned_review', 1700000050, '{"reason":"x"}');
          INSERT INTO github_issues VALUES (123, 'Implement', 'Body', 'open', NULL, '["a"]',
            1690000000, 1690000001, 1690000002, 'organization', 'repository');
          INSERT INTO user_config VALUES ('github.token', 'ghp_plain_text', 1, 1690000000),
            ('default.branch', 'main', 0, 1690000000);
          """
      )
    }
  }

  func execute(_ sql: String) throws {
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
  }
}

@Suite struct `Importing an original database` {
  @Test func `takes everything over, orphans included`() async throws {
    let temporary = try await TemporaryStore()
    let original = try Original(in: temporary.directory)
    try original.execute("UPDATE instances SET prompt_used = 'p', prompt_context = 'c\"x'")
    let store = temporary.store
    let report = try await store.importOriginal(original.path)
    #expect(report.instances == 2)
    #expect(report.events == 3)
    #expect(report.relationships == 1)
    #expect(report.issues == 1)
    #expect(report.configValues == 2)
    let instance = try #require(try await store.instance("work-123-a1"))
    #expect(instance.status == .waitingReview)
    #expect(instance.createdAt == UnixTime(milliseconds: 1_700_000_000_000))
    #expect(instance.lastActivity == UnixTime(milliseconds: 1_700_000_100_000))
    #expect(instance.metadata == #"{"prompt_used":"p","prompt_context":"c\"x"}"#)
    #expect(try await store.instance("old-1")?.type == "imported.refactor")
    let events = try await store.mcpEvents("work-123-a1")
    #expect(events.map(\.toolName) == ["run_tests", "edit_file"])
    #expect(events[0].metadata == "\"no JSON\"")
    #expect(events[1].timestamp == UnixTime(milliseconds: 1_700_000_010_000))
    #expect(try await store.mcpEvents("orphan-7").count == 1)
    #expect(try await store.relationships(of: "gone-review").first?.type == .spawnedReview)
    #expect(try await store.gitHubIssue(123)?.title == "Implement")
    #expect(try await store.config("default.branch") == "main")
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `encrypts what was only called encrypted`() async throws {
    let temporary = try await TemporaryStore()
    let other = try TemporaryDirectory()
    try await temporary.store.importOriginal(Original(in: other).path)
    #expect(try await temporary.store.config("github.token") == "ghp_plain_text")
    #expect(try await temporary.store.configKeys().last?.isEncrypted == true)
    #expect(try !temporary.directory.contains("ghp_plain_text"))
  }

  @Test func `twice is the same as once`() async throws {
    let temporary = try await TemporaryStore()
    let original = try Original(in: temporary.directory)
    try await temporary.store.importOriginal(original.path)
    let before = try await temporary.store.instances()
    #expect(try await temporary.store.importOriginal(original.path) == ImportReport())
    #expect(try await temporary.store.instances() == before)
    #expect(try await temporary.store.lastEventID() == 3)
  }

  @Test func `again adds what is new, and leaves what was changed here`() async throws {
    let temporary = try await TemporaryStore()
    let original = try Original(in: temporary.directory)
    let store = temporary.store
    try await store.importOriginal(original.path)
    try await store.updateInstanceStatus("work-123-a1", to: .prMerged)
    try await store.setConfig("default.branch", "trunk")
    try original.execute(
      """
      INSERT INTO mcp_events (instance_id, tool_name, success, timestamp)
      VALUES ('work-123-a1', 'later', 1, 1700000500)
      """
    )
    #expect(try await store.importOriginal(original.path).events == 1)
    #expect(try await store.instance("work-123-a1")?.status == .prMerged)
    #expect(try await store.config("default.branch") == "trunk")
  }

  @Test func `takes the earlier layout as well`() async throws {
    let temporary = try await TemporaryStore()
    let original = try Original(in: temporary.directory, laterColumns: false)
    #expect(try await temporary.store.importOriginal(original.path).instances == 2)
    #expect(try await temporary.store.instance("work-123-a1")?.metadata == nil)
  }

  @Test func `takes thousands of events`() async throws {
    let temporary = try await TemporaryStore()
    let original = try Original(in: temporary.directory)
    try original.execute(
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4321)
      INSERT INTO mcp_events (instance_id, tool_name, success, timestamp)
      SELECT 'work-' || (i % 50), 'tool', 1, 1700000000 + i FROM n
      """
    )
    #expect(try await temporary.store.importOriginal(original.path).events == 4324)
    #expect(try await temporary.store.importOriginal(original.path).events == 0)
    #expect(try StoreReader(path: temporary.path).check().problems.isEmpty)
  }

  @Test func `refuses what is no such database`() async throws {
    let temporary = try await TemporaryStore()
    await expectFailure(.operationFailed, .foreignDatabase, mentioning: temporary.path) {
      try await temporary.store.importOriginal(temporary.path)
    }
    let text = temporary.directory.file("text")
    try write("not a database, and long enough to be looked at", to: text)
    await expectFailure(.operationFailed, .notADatabase, mentioning: text) {
      try await temporary.store.importOriginal(text)
    }
    await expectFailure(.operationFailed, .notFound) {
      try await temporary.store.importOriginal("/no/such/file.db")
    }
  }

  @Test func `is what opening one advises`() async throws {
    let directory = try TemporaryDirectory()
    let original = try Original(in: directory)
    await expectFailure(
      .initializationFailed,
      .foreignDatabase,
      mentioning: "mcp-sidecar import \(original.path)"
    ) {
      try await AgentStore.open(StoreConfiguration(local: .init(file: original.path)))
    }
  }
}
