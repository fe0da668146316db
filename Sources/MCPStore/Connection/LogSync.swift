internal import MCPSystem

/// Waits until what was committed is on the disk, after the write lock was let go.
///
/// With `synchronous=FULL` SQLite does so while it holds the lock, as the last step of a commit.
/// With `NORMAL` it leaves that out, and everything else keeps the database whole: the log is synced
/// before its pages are moved, the database before the log is begun anew. So once the log has been
/// synced after a commit, the commit is durable, in the log or in the database.
final class LogSync: Sendable {
  private let log: FileDescriptor

  /// Opens the write-ahead log.
  ///
  /// - Parameter database: The file, which some connection of this process has open meanwhile, so
  ///   that its log stays where it is.
  /// - Throws: A `SystemError` when the log cannot be opened.
  init(of database: String) throws(SystemError) {
    let path = try FileSystem.realPath(database)
    log = try FileDescriptor.open(path + "-wal", for: .reading)
  }

  /// Waits for the disk.
  ///
  /// - Throws: A `SystemError`; what was committed since the last time may be lost with the power.
  func run() throws(SystemError) { try log.synchronizeData() }
}
