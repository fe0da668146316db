internal import MCPStore
internal import MCPSystem

/// The files that are followed, by their inodes.
struct FollowedFiles {
  private var files: [FollowedFile.Identity: FollowedFile] = [:]
  /// What could not be read: how it was then.
  private var unreadable: [FollowedFile.Identity: FileStatus] = [:]
  private var troubles: [String] = []
  /// Those whose names are gone, and when they are read no further: a program that writes to a log
  /// learns of its rotation some time later.
  private var leaving: [FollowedFile.Identity: ContinuousClock.Instant] = [:]
  private static let patience = Duration.seconds(5)

  /// The regular files among those that are named, each once.
  static func look(at paths: [String]) -> [(path: String, status: FileStatus)] {
    var seen: Set<FollowedFile.Identity> = []
    return paths.compactMap { path in
      guard let status = try? FileStatus.of(path), status.kind == .regular,
        seen.insert(FollowedFile.Identity(status)).inserted
      else { return nil }
      return (path, status)
    }
  }

  /// Reads on in all files, and forgets those that were cut short, or are gone and grow no more.
  mutating func read(_ present: [(path: String, status: FileStatus)]) {
    let statuses = Dictionary(uniqueKeysWithValues: present.map { ($1.identity, $1) })
    for (identity, file) in files {
      guard let status = statuses[identity] else {
        readOn(file)
        continue
      }
      leaving[identity] = nil
      var isTruncated = false
      let failure = Self.failure {
        isTruncated = try file.isTruncated(status)
        if !isTruncated { try file.read() }
      }
      note(failure, file.path, status)
      if failure != nil || isTruncated {
        file.pause()
        forget(identity)
      }
    }
    unreadable = unreadable.filter { statuses[$0.key] != nil }
  }

  /// Reads on in a file whose name is gone, until nothing has come for a while.
  private mutating func readOn(_ file: FollowedFile) {
    let offset = file.offset
    let failure = Self.failure { try file.read() }
    note(failure, file.path, nil)
    let now = ContinuousClock.now
    if file.offset > offset || leaving[file.identity] == nil {
      leaving[file.identity] = now + Self.patience
    }
    guard failure != nil || leaving[file.identity] ?? now <= now else { return }
    file.end()
    forget(file.identity)
  }

  private mutating func forget(_ identity: FollowedFile.Identity) {
    files[identity] = nil
    leaving[identity] = nil
  }

  /// Those that are not followed yet and hold something that may be read.
  func unknown(
    of present: [(path: String, status: FileStatus)]
  ) -> [(path: String, status: FileStatus)] {
    present.filter { (_, status) in
      // Without content a file cannot be known again.
      files[status.identity] == nil && status.size > 0 && unreadable[status.identity] != status
    }
  }

  /// Begins to follow a file.
  ///
  /// - Throws: A ``StoreError`` when the database cannot tell what is known of it.
  mutating func open(
    _ path: String,
    _ status: FileStatus,
    _ make: () throws -> FollowedFile
  ) throws {
    do {
      let file = try make()
      // The name may have come to stand for another file, which is found under its own next time.
      guard file.identity == status.identity else { return }
      let failure = Self.failure { try file.read() }
      note(failure, path, status)
      if failure == nil { files[status.identity] = file } else { file.pause() }
    } catch let error as StoreError {
      throw error
    } catch {
      note(error, path, status)
    }
  }

  /// Hands over what is complete in all files; of those whose names are gone nobody will find more.
  func pause() {
    for (identity, file) in files {
      if leaving[identity] == nil { file.pause() } else { file.end() }
    }
  }

  /// What went wrong since the last call, for a person.
  mutating func takeTroubles() -> [String] {
    defer { troubles = [] }
    return troubles
  }

  private static func failure(_ body: () throws -> Void) -> (any Error)? {
    do {
      try body()
      return nil
    } catch {
      return error
    }
  }

  private mutating func note(_ failure: (any Error)?, _ path: String, _ status: FileStatus?) {
    guard let failure else { return }
    troubles.append("\(InputFailure(path, failure))")
    if let status { unreadable[status.identity] = status }
  }
}

extension FileStatus {
  fileprivate var identity: FollowedFile.Identity { FollowedFile.Identity(self) }
}
