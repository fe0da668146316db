import Foundation
import GRDB
import MCPSystem
import MCPTestSupport
import Synchronization
import Testing

@testable import MCPStore

@Suite struct `A log that is written in long pieces` {
  private let directory: TemporaryDirectory
  private let path: String

  init() throws {
    directory = try TemporaryDirectory()
    path = directory.file("events.db")
  }

  @Test(arguments: ["FULL", "NORMAL"])
  func `is complete after each commit, also for those who come after a crash`(
    level: String
  ) throws {
    let database = try buffered(level)
    for count in 1...40 {
      // From a page that fits many times into a piece to transactions of many pieces.
      try database.write { try $0.insertRows(count) }
      #expect(try sums(path) == sums(of: count * (count + 1) / 2))
      #expect(try sums(copy()) == sums(of: count * (count + 1) / 2))
    }
  }

  @Test(arguments: ["FULL", "NORMAL"])
  func `is complete when pages were written before the commit, and changed again`(
    level: String
  ) throws {
    let database = try buffered(level)
    try database.write { database in
      try database.execute(sql: "PRAGMA cache_size = 10")
      try database.insertRows(30)
      // Over and over a page that has just been written is needed again.
      for number in 0..<400 {
        let id = number * 7 % 30
        try database.execute(sql: "UPDATE rows SET data = randomblob(3000) WHERE id = \(id)")
      }
      try database.insertRows(270)
    }
    #expect(try sums(path) == sums(of: 300))
    #expect(try sums(copy()) == sums(of: 300))
  }

  @Test func `leaves what others wrote after a transaction was undone`() throws {
    let database = try buffered("NORMAL")
    let other = try DatabaseQueue(path: path)
    for count in 1...20 {
      // The log is empty, so that nothing is read from it while the transaction is undone.
      try other.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      try database.inTransaction { database in
        // A few pages leave the cache, so that they are written though nothing is committed.
        try database.execute(sql: "PRAGMA cache_size = 10")
        try database.insertRows(20 + 2 * count)
        return .rollback
      }
      try other.write { try $0.insertRows(1) }
      try database.write { try $0.insertRows(1) }
      #expect(try sums(path) == sums(of: 2 * count))
      #expect(try sums(copy()) == sums(of: 2 * count))
    }
    try other.close()
  }

  @Test func `holds nothing of what was undone inside a transaction`() throws {
    let database = try buffered("NORMAL")
    try database.write { database in
      try database.execute(sql: "PRAGMA cache_size = 10")
      try database.insertRows(60)
      try database.inSavepoint {
        try database.insertRows(200)
        return .rollback
      }
      try database.insertRows(60)
    }
    #expect(try sums(path) == sums(of: 120))
    #expect(try sums(copy()) == sums(of: 120))
  }

  @Test func `is begun anew, cut and closed as any other`() throws {
    let database = try buffered("NORMAL")
    for count in 1...5 {
      try database.write { try $0.insertRows(200) }
      try database.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      #expect(try FileStatus.of(path + "-wal")?.size == 0)
      #expect(try sums(path) == sums(of: 200 * count))
    }
    try database.close()
    #expect(try FileStatus.of(path + "-wal") == nil)
    #expect(try sums(path) == sums(of: 1000))
  }

  @Test func `cannot be committed once a part of it could not be written`() throws {
    let queue = try unbuffered("NORMAL")
    try queue.writeWithoutTransaction { database in
      FillingDisk.replaceLog(of: database)
      #expect(try DatabaseOpening.bufferLog(database))
      try database.execute(sql: "PRAGMA cache_size = 10; CREATE TABLE kept (id INTEGER)")
      try database.insertRows(30)
      try database.beginTransaction(.immediate)
      try database.execute(sql: "INSERT INTO kept VALUES (1)")
      try database.execute(sql: "UPDATE rows SET data = zeroblob(3001)")
      FillingDisk.isFull.store(true, ordering: .relaxed)
      // SQLite undoes the statement alone, if that: the transaction seems to go on.
      let failed = #expect(throws: DatabaseError.self) {
        try database.execute(sql: "UPDATE rows SET data = randomblob(3000), id = id + 100")
      }
      #expect(failed?.resultCode == .SQLITE_FULL)
      FillingDisk.isFull.store(false, ordering: .relaxed)
      if database.isInsideTransaction {
        #expect(throws: DatabaseError.self) { try database.commit() }
        if database.isInsideTransaction { try database.rollback() }
      }
      try database.insertRows(1)
    }
    #expect(try sums(path) == sums(of: 31))
    #expect(try sums(copy()) == sums(of: 31))
  }

  @Test func `is none where there is no log`() throws {
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { database in
      try database.execute(sql: "CREATE TABLE rows (id INTEGER PRIMARY KEY, data BLOB)")
      #expect(try !DatabaseOpening.bufferLog(database))
      try database.insertRows(3)
    }
    #expect(try sums(path) == sums(of: 3))
    try database.close()
  }

  // MARK: Databases

  private func unbuffered(_ level: String) throws -> DatabaseQueue {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL")
      try database.execute(sql: "CREATE TABLE rows (id INTEGER PRIMARY KEY, data BLOB)")
      try database.execute(sql: "PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = \(level)")
    }
    return queue
  }

  private func buffered(_ level: String) throws -> DatabaseQueue {
    let queue = try unbuffered(level)
    // The second time changes nothing.
    for _ in 1...2 {
      let isBuffered = try queue.writeWithoutTransaction { try DatabaseOpening.bufferLog($0) }
      #expect(isBuffered)
    }
    return queue
  }

  /// What a crash would leave now.
  private func copy() throws -> String {
    let copy = directory.file("copy.db")
    for name in ["", "-wal", "-shm"] { _ = try FileSystem.removeIfPresent(copy + name) }
    for name in ["", "-wal"] {
      try FileManager.default.copyItem(atPath: path + name, toPath: copy + name)
    }
    return copy
  }

  private struct Sums: Equatable {
    var count: Int
    var bytes: Int
    var check: String
  }

  private func sums(of count: Int) -> Sums {
    Sums(count: count, bytes: count * 3000, check: "ok")
  }

  /// What another connection finds.
  private func sums(_ path: String) throws -> Sums {
    let queue = try DatabaseQueue(path: path)
    defer { try? queue.close() }
    return try queue.read { database in
      Sums(
        count: try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM rows") ?? -1,
        bytes: try Int.fetchOne(database, sql: "SELECT SUM(LENGTH(data)) FROM rows") ?? -1,
        check: try String.fetchOne(database, sql: "PRAGMA integrity_check") ?? ""
      )
    }
  }
}

extension Database {
  fileprivate func insertRows(_ count: Int) throws {
    for _ in 0..<count {
      try execute(sql: "INSERT INTO rows (data) VALUES (zeroblob(3000))")
    }
  }
}
