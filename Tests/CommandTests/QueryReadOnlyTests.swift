import Foundation
import Testing

/// What this machine lets tests do.
enum Sandbox {
  /// Runs a program as nobody, with a folder mounted read-only; root and namespaces are needed.
  static let isThere: Bool = {
    let run = try? QueryRun(
      shell: "unshare -m true && setpriv --reuid=65534 --clear-groups true"
    )
    return run?.status == 0
  }()
}

@Suite struct `Reading what cannot be written` {
  /// Copies a database as a crash leaves it: its newest events are only in the log.
  private func crashed(withLock isLocked: Bool) throws -> RecordedDatabase {
    let database = try RecordedDatabase()
    let program = """
      import sqlite3, shutil, os
      path, copy = sys.argv[1], sys.argv[2]
      connection = sqlite3.connect(path)
      connection.execute("UPDATE instances SET name = 'in the log' WHERE id = 'work-123-a1'")
      connection.commit()
      for suffix in ('', '-wal') + (('-shm',) if sys.argv[3] == 'True' else ()):
          shutil.copy(path + suffix, copy + suffix)
      connection.close()
      assert os.path.getsize(copy + '-wal') > 0
      """
    let copy = database.folder + "/crashed.db"
    let run = try QueryRun(python: program, [database.path, copy, isLocked ? "True" : "False"])
    try #require(run.status == 0, "\(run.messages)")
    return database
  }

  /// Runs a query as nobody, the database's folder read-only or only not its own.
  private func query(
    _ arguments: String,
    in database: RecordedDatabase,
    isMountedReadOnly: Bool
  ) throws -> QueryRun {
    let mount = """
      mount --bind '\(database.folder)' '\(database.folder)' &&
      mount -o remount,ro,bind '\(database.folder)' &&
      """
    let line = """
      chmod 755 '\(database.folder)' && chmod 644 '\(database.folder)'/* &&
      unshare -m bash -c "\(isMountedReadOnly ? mount : "") \
      setpriv --reuid=65534 --clear-groups '\(QueryRun.programs)/mcp-query' \(arguments)"
      """
    return try QueryRun(shell: line)
  }

  private func state(_ path: String) throws -> [Data?] {
    ["", "-wal"].map { FileManager.default.contents(atPath: path + $0) }
  }

  @Test(.enabled(if: Sandbox.isThere, "needs root and mount namespaces"), arguments: [true, false])
  func `reads a closed database in a folder of somebody else's`(isMounted: Bool) throws {
    let database = try RecordedDatabase()
    let before = try state(database.path)
    let arguments = "events --db '\(database.path)'"
    let run = try query(arguments, in: database, isMountedReadOnly: isMounted)
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.lines.count == 5)
    #expect(try state(database.path) == before)
  }

  @Test(.enabled(if: Sandbox.isThere, "needs root and mount namespaces"), arguments: [true, false])
  func `reads the log by its lock file`(isMounted: Bool) throws {
    let database = try crashed(withLock: true)
    let path = database.folder + "/crashed.db"
    let before = try state(path)
    let arguments = "instances --columns name --db '\(path)'"
    let run = try query(arguments, in: database, isMountedReadOnly: isMounted)
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.text.contains("in the log"))
    #expect(try state(path) == before)
  }

  @Test(.enabled(if: Sandbox.isThere, "needs root and mount namespaces"), arguments: [true, false])
  func `refuses to leave out what is in the log`(isMounted: Bool) throws {
    let database = try crashed(withLock: false)
    let elsewhere = try TestDirectory()
    let link = elsewhere.path + "/link.db"
    let path = database.folder + "/crashed.db"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
    for name in [path, link] {
      let run = try query("events --db '\(name)'", in: database, isMountedReadOnly: isMounted)
      #expect(run.status == 77, "\(run.text) \(run.messages)")
      #expect(run.messages.contains("-wal"))
    }
  }

  @Test func `reads the log where it may make a lock file`() throws {
    let database = try crashed(withLock: false)
    let path = database.folder + "/crashed.db"
    let before = try state(path)
    let run = try QueryRun("mcp-query", ["instances", "--columns", "name", "--db", path])
    #expect(run.text.contains("in the log"), "\(run.messages)")
    #expect(try state(path) == before)
  }

  @Test(.enabled(if: Sandbox.isThere, "needs root and mount namespaces"))
  func `says that this user may not read`() throws {
    let database = try RecordedDatabase()
    let line = """
      chmod 755 '\(database.folder)' && chmod 600 '\(database.path)' &&
      setpriv --reuid=65534 --clear-groups '\(QueryRun.programs)/mcp-query' events \
      --db '\(database.path)'
      """
    let run = try QueryRun(shell: line)
    #expect(run.status == 77, "\(run.messages)")
  }
}
