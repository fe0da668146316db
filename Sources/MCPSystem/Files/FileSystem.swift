internal import Glibc

/// Names of files: what can be done to a file without opening it.
package enum FileSystem {
  /// Removes a file.
  ///
  /// - Parameter path: The file; a symbolic link is removed itself.
  /// - Throws: A `SystemError` that names the file.
  package static func remove(_ path: String) throws(SystemError) {
    _ = try retrying("unlink", path: path) { unsafe unlink(path) }
  }

  /// Removes a file if there is one.
  ///
  /// - Parameter path: The file.
  /// - Returns: Whether there was one.
  /// - Throws: A `SystemError` that names the file.
  @discardableResult
  package static func removeIfPresent(_ path: String) throws(SystemError) -> Bool {
    do throws(SystemError) {
      try remove(path)
      return true
    } catch {
      guard error.isNotFound else { throw error }
      return false
    }
  }

  /// Removes an empty directory.
  ///
  /// - Parameter path: The directory.
  /// - Throws: A `SystemError` that names it.
  package static func removeDirectory(_ path: String) throws(SystemError) {
    _ = try retrying("rmdir", path: path) { unsafe rmdir(path) }
  }

  /// Gives a file another name; one that has that name already is replaced.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - target: Its new name, on the same file system.
  /// - Throws: A `SystemError` that names the target.
  package static func rename(_ path: String, to target: String) throws(SystemError) {
    _ = try retrying("rename", path: target) { unsafe Glibc.rename(path, target) }
  }

  /// Gives a file another name, unless that name is taken.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - target: Its new name, on the same file system.
  /// - Throws: A `SystemError` that names the target; ``SystemError/isAlreadyExists`` when it is
  ///   taken, by whomever and however late.
  package static func renameWithoutReplacing(
    _ path: String,
    to target: String
  ) throws(SystemError) {
    do throws(SystemError) {
      _ = try retrying("link", path: target) { unsafe link(path, target) }
    } catch {
      guard error.isPermissionDenied || error.isUnsupported else { throw error }
      return try claim(target, for: path)
    }
    try remove(path)
  }

  /// The same on a file system without hard links: claims the name with an empty file.
  private static func claim(_ target: String, for path: String) throws(SystemError) {
    try FileDescriptor.open(target, for: .creating).close()
    do throws(SystemError) {
      try rename(path, to: target)
    } catch {
      try? remove(target)
      throw error
    }
  }

  /// Changes the permission bits of a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - permissions: The new bits, for example 0o600.
  /// - Throws: A `SystemError` that names the file.
  package static func setPermissions(
    of path: String,
    to permissions: UInt32
  ) throws(SystemError) {
    _ = try retrying("chmod", path: path) { unsafe chmod(path, mode_t(permissions)) }
  }

  /// The absolute name of a file, free of symbolic links and dots.
  ///
  /// - Parameter path: An existing file.
  /// - Returns: Its one true name.
  /// - Throws: A `SystemError` that names the file.
  package static func realPath(_ path: String) throws(SystemError) -> String {
    // The C library allocates the answer, which is ours to free.
    guard let real = unsafe realpath(path, nil) else {
      throw SystemError(lastErrorOf: "realpath", path: path)
    }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }

  /// What a symbolic link points to.
  ///
  /// - Parameter path: The link.
  /// - Returns: Its text, which need not name an existing file.
  /// - Throws: A `SystemError` that names the link; ``SystemError/isUnsupported`` if it is none.
  package static func readLink(_ path: String) throws(SystemError) -> String {
    var text = [CChar](repeating: 0, count: Int(PATH_MAX))
    // The kernel writes at most as many bytes as it is given.
    let count = try unsafe text.withUnsafeMutableBufferPointer { buffer throws(SystemError) in
      guard let base = buffer.baseAddress else { return 0 }
      return try retrying("readlink", path: path) { unsafe readlink(path, base, buffer.count) }
    }
    return String(decoding: text[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Waits until the names in a directory are on the disk.
  ///
  /// - Parameter path: The directory.
  /// - Throws: A `SystemError` that names it. A file system that cannot do that is no error.
  package static func synchronizeDirectory(_ path: String) throws(SystemError) {
    let directory = try FileDescriptor.open(path, for: .directory)
    do throws(SystemError) {
      try directory.synchronize()
    } catch {
      guard error.isUnsupported else {
        throw SystemError("fsync", path: path, number: error.number)
      }
    }
  }

  /// The directory part of a path: "." when it has none.
  ///
  /// - Parameter path: A file's name.
  /// - Returns: What comes before its last component.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    let parent = path[..<slash]
    return parent.isEmpty ? "/" : String(parent)
  }

  /// The last component of a path.
  ///
  /// - Parameter path: A file's name.
  /// - Returns: What comes after its last slash.
  package static func lastComponent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
