internal import Glibc

/// The files below a directory.
package struct DirectoryListing: Hashable, Sendable {
  /// Paths that begin with the directory's own, sorted by their bytes, component by component.
  package internal(set) var files: [String] = []

  /// Directories below it that could not be read.
  package internal(set) var failures: [SystemError] = []
}

extension FileSystem {
  /// Creates a directory and those above it that are missing, for the owner only (0700).
  ///
  /// - Parameter path: The directory; it may exist already.
  /// - Throws: A `SystemError` that names the one that could not be created.
  package static func createDirectories(_ path: String) throws(SystemError) {
    do throws(SystemError) {
      _ = try retrying("mkdir", path: path) { unsafe mkdir(path, 0o700) }
    } catch {
      if try FileStatus.of(path)?.kind == .directory { return }
      let parent = parent(of: path)
      guard error.number == ENOENT, parent != path else { throw error }
      try createDirectories(parent)
      try createDirectory(path)
    }
  }

  /// Creates one directory; it does no harm if somebody else was faster.
  private static func createDirectory(_ path: String) throws(SystemError) {
    do throws(SystemError) {
      _ = try retrying("mkdir", path: path) { unsafe mkdir(path, 0o700) }
    } catch {
      guard try FileStatus.of(path)?.kind == .directory else { throw error }
    }
  }

  /// Finds all regular files below a directory.
  ///
  /// Symbolic links to files count as files; links to directories are not followed, so there are
  /// no cycles. What disappears meanwhile is left out.
  ///
  /// - Parameter path: The directory.
  /// - Returns: The files, and what could not be read.
  /// - Throws: A `SystemError` when the directory itself cannot be read.
  package static func files(below path: String) throws(SystemError) -> DirectoryListing {
    var listing = DirectoryListing()
    try add(below: path, to: &listing)
    return listing
  }

  private static func add(
    below directory: String,
    to listing: inout DirectoryListing
  ) throws(SystemError) {
    for name in try names(in: directory) {
      let path = directory.hasSuffix("/") ? directory + name : directory + "/" + name
      do throws(SystemError) {
        switch try FileStatus.ofLink(path)?.kind {
        case .directory: try add(below: path, to: &listing)
        case .regular: listing.files.append(path)
        case .symbolicLink:
          if try FileStatus.of(path)?.kind == .regular { listing.files.append(path) }
        case .pipe, .socket, .characterDevice, .blockDevice, .other, nil: break
        }
      } catch {
        if !error.isNotFound { listing.failures.append(error) }
      }
    }
  }

  /// The names in a directory, sorted by their bytes, without `.` and `..`.
  ///
  /// - Parameter directory: The directory.
  /// - Returns: Names without a path. Bytes that are not UTF-8 come out as U+FFFD.
  /// - Throws: A `SystemError` that names the directory.
  package static func names(in directory: String) throws(SystemError) -> [String] {
    // The stream is closed on every way out; an entry is used before the next is asked for.
    guard let stream = unsafe opendir(directory) else {
      throw SystemError(lastErrorOf: "opendir", path: directory)
    }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
        unsafe String(cString: UnsafeRawPointer(name).assumingMemoryBound(to: CChar.self))
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw SystemError(lastErrorOf: "readdir", path: directory) }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
