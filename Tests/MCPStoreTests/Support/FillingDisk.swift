import GRDB
import GRDBSQLite
import Synchronization

/// A disk on which there is no room for a log at times.
///
/// A real one cannot be filled for a single test without being root.
enum FillingDisk {
  /// Whether there is no room now.
  static let isFull = Atomic(false)

  typealias Write =
    @convention(c) (UnsafeMutablePointer<sqlite3_file>?, UnsafeRawPointer?, CInt, sqlite3_int64)
    -> CInt

  private static let usual = unsafe Mutex<Write?>(nil)

  /// Has the log of a connection written to this disk.
  static func replaceLog(of database: Database) {
    var log: UnsafeMutablePointer<sqlite3_file>?
    unsafe sqlite3_file_control(
      database.sqliteConnection,
      "main",
      SQLITE_FCNTL_JOURNAL_POINTER,
      &log
    )
    guard let log = unsafe log, let old = unsafe log.pointee.pMethods else { return }
    // The table must stay for as long as the file is open: it is never freed.
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    unsafe methods.initialize(to: old.pointee)
    unsafe usual.withLock { unsafe $0 = old.pointee.xWrite }
    unsafe methods.pointee.xWrite = { file, bytes, count, offset in
      if FillingDisk.isFull.load(ordering: .relaxed) { return SQLITE_FULL }
      let write = unsafe FillingDisk.usual.withLock { unsafe $0 }
      return unsafe write?(file, bytes, count, offset) ?? SQLITE_IOERR
    }
    unsafe log.pointee.pMethods = UnsafePointer(methods)
  }
}
