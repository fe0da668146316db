internal import Glibc

/// Whether others may hold the same lock.
package enum LockKind: Sendable {
  case shared
  case exclusive

  fileprivate var flag: CInt {
    switch self {
    case .shared: LOCK_SH
    case .exclusive: LOCK_EX
    }
  }
}

extension Descriptor where Self: ~Copyable {
  /// Whether the descriptor is open, and may be written.
  package var isWritable: Bool {
    let flags = fcntl(number, F_GETFL)
    return flags >= 0 && flags & O_ACCMODE != O_RDONLY
  }

  /// Waits until all bytes written are on the disk.
  ///
  /// - Throws: A `SystemError`; the bytes may then be lost.
  package func synchronize() throws(SystemError) {
    _ = try retrying("fsync") { fsync(number) }
  }

  /// Waits until all bytes written are on the disk, and what is needed to read them.
  ///
  /// - Throws: A `SystemError`; the bytes may then be lost.
  package func synchronizeData() throws(SystemError) {
    _ = try retrying("fdatasync") { fdatasync(number) }
  }

  /// Cuts the file off, or extends it with zeros.
  ///
  /// - Parameter size: The new size in bytes.
  /// - Throws: A `SystemError` when the file is not a regular one, or not writable.
  package func truncate(to size: Int64) throws(SystemError) {
    _ = try retrying("ftruncate") { ftruncate(number, off_t(size)) }
  }

  /// Moves the position for the next read or write.
  ///
  /// - Parameter offset: Bytes from the start of the file.
  /// - Throws: A `SystemError` when the file has no positions (a pipe).
  package func seek(to offset: Int64) throws(SystemError) {
    _ = try retrying("lseek") { lseek(number, off_t(offset), SEEK_SET) }
  }

  /// Makes reads and writes return at once instead of waiting, or undoes that.
  ///
  /// The setting belongs to the open file: every process that shares it sees the change.
  ///
  /// - Parameter isNonBlocking: The new setting.
  /// - Throws: A `SystemError` when the descriptor is not open.
  package func setNonBlocking(_ isNonBlocking: Bool) throws(SystemError) {
    let flags = try retrying("fcntl") { fcntl(number, F_GETFL) }
    let changed = isNonBlocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK
    guard changed != flags else { return }
    _ = try retrying("fcntl") { fcntl(number, F_SETFL, changed) }
  }

  /// Keeps the descriptor from being inherited by programs that this one starts.
  func setCloseOnExec() throws(SystemError) {
    _ = try retrying("fcntl") { fcntl(number, F_SETFD, FD_CLOEXEC) }
  }

  /// Makes a second descriptor of the same open file.
  ///
  /// - Returns: The descriptor, which is closed on `exec`.
  /// - Throws: A `SystemError` when there are no more descriptors.
  package func duplicate() throws(SystemError) -> FileDescriptor {
    FileDescriptor(owning: try retrying("fcntl") { fcntl(number, F_DUPFD_CLOEXEC, 3) })
  }

  /// Takes the advisory lock of the file if it is free.
  ///
  /// The lock ends with ``unlock()``, or when the last descriptor of this open file is closed.
  ///
  /// - Parameter kind: Whether others may hold it too.
  /// - Returns: False when somebody else holds it.
  /// - Throws: A `SystemError` when the file system cannot lock.
  package func tryLock(_ kind: LockKind) throws(SystemError) -> Bool {
    do throws(SystemError) {
      _ = try retrying("flock") { flock(number, kind.flag | LOCK_NB) }
      return true
    } catch {
      guard error.isWouldBlock else { throw error }
      return false
    }
  }

  /// Takes the advisory lock of the file, and waits for it as long as it takes.
  ///
  /// - Parameter kind: Whether others may hold it too.
  /// - Throws: A `SystemError` when the file system cannot lock.
  package func lock(_ kind: LockKind) throws(SystemError) {
    _ = try retrying("flock") { flock(number, kind.flag) }
  }

  /// Lets the advisory lock go.
  ///
  /// - Throws: A `SystemError` when the descriptor is not open.
  package func unlock() throws(SystemError) {
    _ = try retrying("flock") { flock(number, LOCK_UN) }
  }
}
