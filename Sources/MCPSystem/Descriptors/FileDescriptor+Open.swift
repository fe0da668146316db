internal import Glibc

/// What a file is opened for.
package struct OpenMode: Hashable, Sendable {
  let flags: CInt

  /// Read an existing file.
  package static let reading = Self(flags: O_RDONLY)

  /// Create a new file and write it; fails when there is one already.
  package static let creating = Self(flags: O_WRONLY | O_CREAT | O_EXCL)

  /// Write at the end of a file, which is created if needed.
  package static let appending = Self(flags: O_WRONLY | O_CREAT | O_APPEND)

  /// Read and write a file from its start, which is created if needed.
  package static let updating = Self(flags: O_RDWR | O_CREAT)

  /// Write an existing file or device, for example `/dev/null`, as it is.
  package static let writing = Self(flags: O_WRONLY)

  /// Open a directory, to synchronise it.
  package static let directory = Self(flags: O_RDONLY | O_DIRECTORY)
}

extension FileDescriptor {
  /// Opens a file; a created one can be read and written by its owner only (0600).
  ///
  /// - Parameters:
  ///   - path: The name of the file.
  ///   - mode: What for.
  /// - Returns: The open file, which is closed on `exec`.
  /// - Throws: A `SystemError` that names the file.
  package static func open(
    _ path: String,
    for mode: OpenMode
  ) throws(SystemError) -> FileDescriptor {
    let flags = mode.flags | O_CLOEXEC | O_NOCTTY
    return FileDescriptor(
      owning: try retrying("open", path: path) { unsafe Glibc.open(path, flags, 0o600) }
    )
  }
}
