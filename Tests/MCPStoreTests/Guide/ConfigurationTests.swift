@testable import MCPStore
import MCPTestSupport
import Testing

@Suite struct `The configuration` {
  @Test func `has the guide's defaults`() {
    let configuration = StoreConfiguration()
    #expect(configuration.local.file == "file:claude-codex.db")
    #expect(configuration.local.path == "claude-codex.db")
    #expect(configuration.local.enableWAL)
    #expect(configuration.local.autoMigrate)
    #expect(!configuration.local.logQueries)
    #expect(!configuration.cloud.enabled)
    #expect(configuration.maintenance == .init())
  }

  @Test func `is made in code`() async throws {
    let directory = try TemporaryDirectory()
    let store = try await AgentStore.open(
      StoreConfiguration(
        local: .init(
          file: "file:\(directory.file("my-database.db"))",
          enableWAL: true,
          busyTimeout: .milliseconds(10_000),
          autoMigrate: true,
          logQueries: false
        ),
        cloud: .init(enabled: false),
        connection: .init(
          maxRetries: 5,
          retryDelay: .milliseconds(2000),
          queryTimeout: .milliseconds(60_000)
        )
      )
    )
    #expect(store.path == directory.file("my-database.db"))
    #expect(store.configuration.connection.maxRetries == 5)
  }

  @Test func `comes from the file, then the environment, then the argument`() throws {
    let directory = try TemporaryDirectory()
    let file = directory.file("config.json")
    try write(
      """
      {"local": {"file": "file:/from/file.db", "enableWAL": false, "busyTimeout": 10000,
          "autoMigrate": false, "logQueries": true, "durability": "normal"},
        "cloud": {"enabled": true, "syncUrl": "libsql://x", "authToken": "t",
          "syncInterval": 300, "readYourWrites": false},
        "connection": {"maxRetries": 5, "retryDelay": 2000, "queryTimeout": "60s"},
        "maintenance": {"vacuumInterval": "12h", "backupRetention": 3,
          "logRetention": "90d", "autoBackup": true}}
      """,
      to: file
    )
    let fromFile = try StoreConfiguration.load(
      databaseFile: nil,
      configurationFile: file,
      environment: { _ in nil }
    )
    #expect(fromFile.local.path == "/from/file.db")
    #expect(!fromFile.local.enableWAL && !fromFile.local.autoMigrate && fromFile.local.logQueries)
    #expect(fromFile.local.busyTimeout == .seconds(10))
    #expect(fromFile.local.durability == .normal)
    #expect(fromFile.cloud.syncInterval == .seconds(300))
    #expect(fromFile.cloud.authToken == "t" && !fromFile.cloud.readYourWrites)
    #expect(
      fromFile.connection
        == .init(maxRetries: 5, retryDelay: .seconds(2), queryTimeout: .seconds(60))
    )
    #expect(
      fromFile.maintenance
        == .init(
          vacuumInterval: .seconds(43_200),
          backupRetention: 3,
          logRetention: .seconds(7_776_000),
          autoBackup: true
        )
    )
    let variables = [
      "MCP_SIDECAR_DB": "/from/environment.db", "MCP_SIDECAR_WAL": "true",
      "MCP_SIDECAR_BUSY_TIMEOUT": "250", "MCP_SIDECAR_LOG_RETENTION": "off",
    ]
    let mixed = try StoreConfiguration.load(
      databaseFile: "/from/argument.db",
      configurationFile: file,
      environment: { variables[$0] }
    )
    #expect(mixed.local.path == "/from/argument.db")
    #expect(mixed.local.enableWAL)
    #expect(mixed.local.busyTimeout == .milliseconds(250))
    #expect(mixed.maintenance.logRetention == nil)
    #expect(mixed.connection.maxRetries == 5)
  }

  @Test func `without a file and variables is the programs' own`() throws {
    let configuration = try StoreConfiguration.load(
      databaseFile: nil,
      configurationFile: "/no/such/file.json",
      environment: { _ in nil }
    )
    #expect(configuration.local.path.hasSuffix("/mcp-sidecar/events.db"))
  }

  @Test(
    arguments: [
      (#"{"local": {"busyTimout": 1}}"#, "did you mean 'local.busyTimeout'?"),
      (#"{"local": {"busyTimeout": "soon"}}"#, "'local.busyTimeout'"),
      (#"{"local": {"enableWAL": "perhaps"}}"#, "true or false"),
      (#"{"local": {"enableWAL": [true]}}"#, "'local.enableWAL'"),
      (#"{"local": true}"#, "'local'"), (#"[1]"#, "one JSON object"), (#"{"local""#, "no JSON"),
      (#"{"connection": {"maxRetries": "many"}}"#, "a whole number"),
      (#"{"connection": {"retryDelay": -1}}"#, "not negative"),
      (#"{"local": {"durability": "none"}}"#, "full or normal"),
      (#"{"cloud": {"authToken": 17}}"#, "'cloud.authToken'"),
    ]
  )
  func `that is wrong names the setting and the file`(text: String, words: String) async throws {
    let directory = try TemporaryDirectory()
    let file = directory.file("config.json")
    try write(text, to: file)
    await expectFailure(.initializationFailed, .invalid, mentioning: words, file) {
      try StoreConfiguration.load(
        databaseFile: nil,
        configurationFile: file,
        environment: { _ in nil }
      )
    }
  }

  @Test func `names the variable that is wrong, and not its value`() async throws {
    let error = await expectFailure(
      .initializationFailed,
      .invalid,
      mentioning: "MCP_SIDECAR_QUERY_TIMEOUT"
    ) {
      try StoreConfiguration.load(
        databaseFile: nil,
        configurationFile: "/no/such/file.json",
        environment: { $0 == "MCP_SIDECAR_QUERY_TIMEOUT" ? "ghp_secret" : nil }
      )
    }
    #expect(error?.message.contains("ghp_secret") == false)
  }

  @Test(
    arguments: [
      Refused<StoreConfiguration>("local.file") { $0.local.file = "file:" },
      Refused<StoreConfiguration>("local.busyTimeout") { $0.local.busyTimeout = .seconds(-1) },
      Refused<StoreConfiguration>("connection.maxRetries") { $0.connection.maxRetries = -1 },
      Refused<StoreConfiguration>("connection.retryDelay") {
        $0.connection.retryDelay = .seconds(-1)
      },
      Refused<StoreConfiguration>("connection.queryTimeout") { $0.connection.queryTimeout = .zero },
      Refused<StoreConfiguration>("maintenance.backupRetention") {
        $0.maintenance.backupRetention = 0
      },
      Refused<StoreConfiguration>("maintenance.logRetention") {
        $0.maintenance.logRetention = .zero
      },
      Refused<StoreConfiguration>("maintenance.vacuumInterval") {
        $0.maintenance.vacuumInterval = .zero
      },
      Refused<StoreConfiguration>("cloud.syncInterval") { $0.cloud.syncInterval = .zero },
    ]
  )
  func `with a number that makes no sense is refused`(
    refused: Refused<StoreConfiguration>
  ) async throws {
    await expectFailure(.initializationFailed, .invalid, mentioning: "'\(refused.field)'") {
      try await AgentStore.inMemory { refused.change(&$0) }
    }
  }
}
