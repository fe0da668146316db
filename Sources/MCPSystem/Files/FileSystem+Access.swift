internal import Glibc

extension FileSystem {
  /// Whether this user may write a file, or create files in a directory.
  ///
  /// A file system that is mounted read-only says no to everybody, root included.
  package static func isWritable(_ path: String) -> Bool {
    unsafe access(path, W_OK) == 0
  }

  /// Whether this user may read a file.
  package static func isReadable(_ path: String) -> Bool {
    unsafe access(path, R_OK) == 0
  }
}
