import MCPStore
import MCPSystem
import MCPTestSupport
import Testing

@Suite struct `Configuration values` {
  @Test func `are set, read, listed and deleted`() async throws {
    let clock = TestClock()
    let temporary = try await TemporaryStore(clock: clock)
    let store = temporary.store
    try await store.setConfig("github.token", "ghp_token123", encrypted: true)
    try await store.setConfig("default.branch", "main", encrypted: false)
    #expect(try await store.config("github.token") == "ghp_token123")
    #expect(try await store.config("default.branch") == "main")
    #expect(try await store.config("old.setting") == nil)
    let entries = try await store.configKeys()
    #expect(entries.map(\.key) == ["default.branch", "github.token"])
    #expect(entries.map(\.isEncrypted) == [false, true])
    #expect(entries.allSatisfy { $0.updatedAt == clock.now })
    try await store.deleteConfig("github.token")
    #expect(try await store.config("github.token") == nil)
    await expectFailure(.deleteFailed, .notFound, mentioning: "'github.token'") {
      try await store.deleteConfig("github.token")
    }
  }

  @Test func `stay encrypted when they are set again`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.setConfig("token", "one", encrypted: true)
    try await temporary.store.setConfig("token", "two")
    #expect(try await temporary.store.configKeys().first?.isEncrypted == true)
    #expect(try await temporary.store.config("token") == "two")
    try await temporary.store.setConfig("token", "three", encrypted: false)
    #expect(try await temporary.store.configKeys().first?.isEncrypted == false)
  }

  /// The long ones are made in the test, so that its report stays readable.
  @Test(arguments: [("", 1), ("a\0b", 1), ("k", 1 << 20)])
  func `need a usable name`(part: String, count: Int) async throws {
    let store = try await AgentStore.inMemory()
    let key = String(repeating: part, count: count)
    await expectFailure(.operationFailed, .invalid, mentioning: "'key'") {
      try await store.setConfig(key, "value")
    }
  }

  @Test(arguments: [("", 1), ("x", 1), ("ünïcödé\0\n", 1), ("long", 50_000)])
  func `come back as they were, encrypted or not`(part: String, count: Int) async throws {
    let temporary = try await TemporaryStore()
    let value = String(repeating: part, count: count)
    try await temporary.store.setConfig("plain", value)
    try await temporary.store.setConfig("secret", value, encrypted: true)
    #expect(try await temporary.store.config("plain") == value)
    #expect(try await temporary.store.config("secret") == value)
  }
}

@Suite struct `An encrypted value` {
  private let secret = "ghp_correct-horse-battery-staple"

  @Test func `is nowhere on the disk`() async throws {
    let temporary = try await TemporaryStore()
    let store = temporary.store
    try await store.setConfig("token", secret, encrypted: true)
    #expect(try !temporary.directory.contains(secret))
    try await store.backup(to: temporary.directory.file("backup.db"))
    try await store.vacuum()
    #expect(try !temporary.directory.contains(secret))
    try await store.disconnect()
    #expect(try !temporary.directory.contains(secret))
  }

  @Test func `that was plain before is nowhere on the disk any more`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.setConfig("token", secret)
    #expect(try temporary.directory.contains(secret))
    try await temporary.store.setConfig("token", secret, encrypted: true)
    #expect(try !temporary.directory.contains(secret))
  }

  @Test func `is not in the log of statements`() async throws {
    let log = Lines()
    let temporary = try await TemporaryStore {
      $0.local.logQueries = true
      $0.queryLog = { log.append($0) }
    }
    try await temporary.store.setConfig("token", secret, encrypted: true)
    try await temporary.store.setConfig("plain", secret)
    _ = try await temporary.store.config("token")
    #expect(log.all.contains { $0.contains("user_config") })
    #expect(!log.all.contains { $0.contains(secret) })
  }

  @Test func `is different each time it is stored`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.setConfig("a", secret, encrypted: true)
    try await temporary.store.setConfig("b", secret, encrypted: true)
    let stored = try temporary.storedValues()
    #expect(stored["a"] != stored["b"])
  }

  @Test func `cannot be changed, or moved to another name`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.setConfig("a", secret, encrypted: true)
    try await temporary.store.setConfig("b", "other", encrypted: true)
    let stored = try #require(try temporary.storedValues()["a"])
    try temporary.sql("UPDATE user_config SET value = ? WHERE key = 'b'", [stored])
    await expectFailure(.operationFailed, .corrupt, mentioning: "'b'") {
      try await temporary.store.config("b")
    }
    for changed in [String(stored.dropLast(4)) + "AAA=", "v1.0000", "", "plain"] {
      try temporary.sql("UPDATE user_config SET value = ? WHERE key = 'a'", [changed])
      let error = await expectFailure(.operationFailed, .corrupt, mentioning: "'a'") {
        try await temporary.store.config("a")
      }
      #expect(error?.message.contains(secret) == false)
    }
  }

  @Test func `needs the key it was encrypted with`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.setConfig("token", secret, encrypted: true)
    var configuration = temporary.configuration
    configuration.keys = .keys([.random()])
    let wrong = try await AgentStore.open(configuration)
    await expectFailure(.operationFailed, .key, mentioning: "'token'", "was encrypted with key") {
      try await wrong.config("token")
    }
    configuration.keys = .file(temporary.directory.file("missing"))
    let missing = try await AgentStore.open(configuration)
    await expectFailure(.operationFailed, .key, mentioning: "there is no key in") {
      try await missing.config("token")
    }
    #expect(try FileStatus.of(temporary.directory.file("missing")) == nil)
    configuration.keys = .keys([])
    let none = try await AgentStore.open(configuration)
    await expectFailure(.operationFailed, .key) {
      try await none.setConfig("token", secret, encrypted: true)
    }
  }

  @Test func `makes a key file that only its owner can read`() async throws {
    let temporary = try await TemporaryStore()
    let file = temporary.directory.file("key")
    #expect(try FileStatus.of(file) == nil)
    try await temporary.store.setConfig("token", secret, encrypted: true)
    #expect(try FileStatus.of(file)?.permissions == 0o600)
    try FileSystem.setPermissions(of: file, to: 0o644)
    await expectFailure(.operationFailed, .key, mentioning: "chmod 600") {
      try await temporary.store.config("token")
    }
  }

  @Test func `is read by nothing that is no key`() async throws {
    let temporary = try await TemporaryStore()
    try write("hunter2\n", to: temporary.directory.file("key"))
    await expectFailure(.operationFailed, .key, mentioning: "no key file") {
      try await temporary.store.setConfig("token", secret, encrypted: true)
    }
  }
}

@Suite struct `A new key` {
  @Test func `encrypts all values again, and the old one stays in the file`() async throws {
    let temporary = try await TemporaryStore()
    let store = temporary.store
    try await store.setConfig("a", "one", encrypted: true)
    try await store.setConfig("b", "two", encrypted: true)
    try await store.setConfig("c", "three")
    let before = try temporary.storedValues()
    #expect(try await store.rekeyConfig() == 2)
    let after = try temporary.storedValues()
    #expect(before["a"]?.prefix(12) != after["a"]?.prefix(12))
    #expect(before["c"] == after["c"])
    #expect(try await store.config("a") == "one")
    // What another database encrypted before can still be read.
    try temporary.sql("UPDATE user_config SET value = ? WHERE key = 'b'", [before["b"] ?? ""])
    #expect(try await store.config("b") == "two")
  }

  @Test func `that is given needs the old one beside it`() async throws {
    let (old, new) = (EncryptionKey.random(), EncryptionKey.random())
    let temporary = try await TemporaryStore { $0.keys = .keys([old]) }
    try await temporary.store.setConfig("a", "one", encrypted: true)
    var configuration = temporary.configuration
    configuration.keys = .keys([new])
    let alone = try await AgentStore.open(configuration)
    await expectFailure(.operationFailed, .key) { try await alone.rekeyConfig() }
    configuration.keys = .keys([new, old])
    let both = try await AgentStore.open(configuration)
    #expect(try await both.rekeyConfig() == 1)
    #expect(try await alone.config("a") == "one")
  }

  @Test func `changes nothing if one value cannot be read`() async throws {
    let temporary = try await TemporaryStore()
    try await temporary.store.setConfig("a", "one", encrypted: true)
    try await temporary.store.setConfig("b", "two", encrypted: true)
    try temporary.sql("UPDATE user_config SET value = ? WHERE key = 'b'", ["v1.x.y"])
    let before = try temporary.storedValues()
    let key = try temporary.directory.bytes(of: temporary.directory.file("key"))
    await expectFailure(.operationFailed, .corrupt, mentioning: "'b'") {
      try await temporary.store.rekeyConfig()
    }
    #expect(try temporary.storedValues() == before)
    #expect(try temporary.directory.bytes(of: temporary.directory.file("key")) == key)
  }

  @Test(
    arguments: [
      (String(repeating: "ab", count: 32), true), (String(repeating: "AB", count: 32), true),
      ("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true), ("passphrase", false), ("", false),
      (String(repeating: "ab", count: 31), false), (String(repeating: "+1", count: 32), false),
      ("AAAA", false),
    ]
  )
  func `is 64 hexadecimal digits or base64, nothing else`(text: String, isKey: Bool) {
    #expect((EncryptionKey(text) != nil) == isKey)
  }

  @Test func `never shows itself`() {
    let text = String(repeating: "5e", count: 32)
    let key = EncryptionKey(text)
    #expect(!"\(String(describing: key)) \(String(reflecting: key))".contains("5e5e5e"))
  }
}
