internal import Glibc

/// What the file system knows of a file.
package struct FileStatus: Hashable, Sendable {
  /// What sort of thing a name stands for.
  package enum Kind: Sendable {
    case regular
    case directory
    case symbolicLink
    case pipe
    case socket
    case characterDevice
    case blockDevice
    case other
  }

  package let kind: Kind

  /// The length in bytes.
  package let size: Int64

  /// The file system the file is on; with ``inode`` it identifies the file.
  package let device: UInt64

  package let inode: UInt64

  /// When the content was last changed, in nanoseconds since 1970.
  package let modifiedAtNanoseconds: Int64

  /// The permission bits, for example 0o600.
  package let permissions: UInt32

  /// The number of the user who owns it.
  package let owner: UInt32

  /// How many names the file has.
  package let linkCount: Int

  private init(_ status: stat) {
    kind = Kind(mode: status.st_mode)
    size = Int64(status.st_size)
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
    let modified = status.st_mtim
    modifiedAtNanoseconds = Int64(modified.tv_sec) * 1_000_000_000 + Int64(modified.tv_nsec)
    permissions = UInt32(status.st_mode) & 0o7777
    owner = status.st_uid
    linkCount = Int(status.st_nlink)
  }
}

extension FileStatus {
  /// The status of what `path` names; a symbolic link is followed.
  ///
  /// - Parameter path: The name.
  /// - Returns: The status, or nil when there is no such file.
  /// - Throws: A `SystemError` when it cannot be known, for example for want of rights.
  package static func of(_ path: String) throws(SystemError) -> Self? {
    try find(path, call: "stat") { unsafe stat(path, &$0) }
  }

  /// The status of `path` itself, even if it is a symbolic link.
  ///
  /// - Parameter path: The name.
  /// - Returns: The status, or nil when there is no such file.
  /// - Throws: A `SystemError` when it cannot be known, for example for want of rights.
  package static func ofLink(_ path: String) throws(SystemError) -> Self? {
    try find(path, call: "lstat") { unsafe lstat(path, &$0) }
  }

  private static func find(
    _ path: String,
    call: String,
    _ body: (inout stat) -> CInt
  ) throws(SystemError) -> Self? {
    do throws(SystemError) {
      return try filled(call, path: path, body)
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
  }

  // The kernel fills the structure during the call.
  fileprivate static func filled(
    _ call: String,
    path: String? = nil,
    _ body: (inout stat) -> CInt
  ) throws(SystemError) -> Self {
    var status = stat()
    _ = try retrying(call, path: path) { body(&status) }
    return Self(status)
  }
}

extension Descriptor where Self: ~Copyable {
  /// What the file system knows of the open file.
  ///
  /// - Returns: The status.
  /// - Throws: A `SystemError` when the descriptor is not open.
  package func status() throws(SystemError) -> FileStatus {
    try FileStatus.filled("fstat") { unsafe fstat(number, &$0) }
  }
}

extension FileStatus.Kind {
  fileprivate init(mode: mode_t) {
    self =
      switch mode & S_IFMT {
      case S_IFREG: .regular
      case S_IFDIR: .directory
      case S_IFLNK: .symbolicLink
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFCHR: .characterDevice
      case S_IFBLK: .blockDevice
      default: .other
      }
  }
}
