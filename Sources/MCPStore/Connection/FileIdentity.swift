internal import MCPSystem

/// Which file a database is, whatever its name stands for by now.
///
/// SQLite goes on writing into a file that has been removed, and everything committed there is gone
/// with the last descriptor; so a writer looks before each commit.
struct FileIdentity: Hashable, Sendable {
  private let path: String
  private let device: UInt64
  private let inode: UInt64

  /// The file that `path` names; `nil` when there is none, or it cannot be known.
  init?(_ path: String) {
    // The working directory may change.
    guard let real = try? FileSystem.realPath(path), let status = try? FileStatus.of(real) else {
      return nil
    }
    self.path = real
    device = status.device
    inode = status.inode
  }

  /// Whether its name still stands for it.
  var isInPlace: Bool {
    guard let status = try? FileStatus.of(path) else { return false }
    return status.device == device && status.inode == inode
  }
}

extension StoreError {
  /// The file that is open is no longer the one of that name.
  static func removed(_ path: String) -> Self {
    Self(
      .connectionFailed,
      .removed,
      "\(path) has been removed or replaced since it was opened: nothing more is written to it"
    )
  }
}
