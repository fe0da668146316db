internal import MCPSystem
internal import Synchronization

/// Shows others that this store waits for the write lock, and sees whether one of them does.
///
/// SQLite's lock has no queue: whoever takes it again as soon as it is free wins against those who
/// ask now and then, and cannot know of them. Here waiting means to hold a shared lock (flock(2)) of
/// the database's directory, which needs no file and ends with its process.
final class WaitSign: Sendable {
  private struct State: ~Copyable {
    var directory: FileDescriptor?
    var isShown = false

    /// Opens the directory when it is first needed: before that there may be no database.
    mutating func open(_ database: String) {
      guard directory == nil, let path = try? FileSystem.realPath(database) else { return }
      directory = try? FileDescriptor.open(FileSystem.parent(of: path), for: .directory)
    }
  }

  private let database: String
  private let state = Mutex(State())

  /// Shows it for a database, at this path.
  init(database: String) {
    self.database = database
  }

  /// Shows that this store waits.
  func show() {
    state.withLock { state in
      guard !state.isShown else { return }
      state.open(database)
      // Somebody may be looking just now: it is shown the next time.
      state.isShown = (try? state.directory?.tryLock(.shared)) ?? false
    }
  }

  /// Shows that it waits no longer.
  func hide() {
    state.withLock { state in
      guard state.isShown else { return }
      state.isShown = false
      try? state.directory?.unlock()
    }
  }

  /// Whether somebody else waits; where the file system cannot tell, somebody may.
  var isSeen: Bool {
    state.withLock { state in
      state.open(database)
      guard (try? state.directory?.tryLock(.exclusive)) ?? false else { return true }
      try? state.directory?.unlock()
      return false
    }
  }
}
