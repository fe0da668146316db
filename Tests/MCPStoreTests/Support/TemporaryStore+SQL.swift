import GRDB
import MCPStore
import MCPTestSupport
import Synchronization

extension TemporaryStore {
  /// Changes the database behind the store's back.
  func sql(_ statement: String, _ arguments: [String] = []) throws {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction {
      try $0.execute(sql: statement, arguments: StatementArguments(arguments))
    }
  }

  /// One value that a statement reads.
  func value(_ statement: String) throws -> String? {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { try String.fetchOne($0, sql: statement) }
  }

  /// What `user_config` holds.
  func storedValues() throws -> [String: String] {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { database in
      let rows = try Row.fetchAll(database, sql: "SELECT key, value FROM user_config")
      return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], $0[1]) })
    }
  }
}

/// Lines that any thread may add to.
final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  var all: [String] { lines.withLock { $0 } }

  func append(_ line: String) { lines.withLock { $0.append(line) } }
}
