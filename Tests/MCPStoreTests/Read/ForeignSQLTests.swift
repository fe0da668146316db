import MCPEvents
import Testing

@testable import MCPStore

@Suite struct `SQL of somebody else's` {
  @Test(arguments: [
    ("SELECT 1", "SELECT"), ("  -- c\n/* x; */ (with a", "with"), ("", nil), ("/*", nil),
    ("1", nil),
    ("--", nil), ("values(1)", "values"),
  ])
  func `is known by its first word`(sql: String, word: String?) {
    #expect(SQLText.firstWord(sql) == word)
  }

  @Test(arguments: [
    "DELETE FROM instances", "WITH a AS (SELECT 1) DELETE FROM instances",
    "PRAGMA user_version = 9",
    "ATTACH ':memory:' AS x", "SELECT 1; DELETE FROM instances", "BEGIN", "SELECT nothing", "",
    "VACUUM INTO '/tmp/x'", "CREATE TEMP TABLE x (y)",
  ])
  func `is refused where it does not only read`(sql: String) throws {
    let fixture = try ReadFixture()
    try fixture.read { snapshot in
      _ = #expect(throws: FilterError.self) { try snapshot.columns(of: sql) }
    }
  }

  @Test func `yields values of every type`() throws {
    let fixture = try ReadFixture()
    let sql = "SELECT 1 AS a, 2.5, 'x', x'FF', NULL"
    try fixture.read { snapshot in
      #expect(try snapshot.columns(of: sql).first == "a")
      try snapshot.forEachRow(ofSQL: sql) { row in
        #expect(row == [.integer(1), .json("2.5"), .text("x"), .text("ff"), .null])
      }
    }
  }

  @Test func `is stopped when it takes too long`() throws {
    let fixture = try ReadFixture()
    let reader = try StoreReader(path: fixture.path, timeout: .zero)
    let endless = "WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"
    let error = #expect(throws: StoreError.self) {
      try reader.read { try $0.forEachRow(ofSQL: endless) { _ in } }
    }
    #expect(error?.reason == .timeout)
  }
}
