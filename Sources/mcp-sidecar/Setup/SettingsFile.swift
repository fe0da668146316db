internal import MCPCommandLine
internal import MCPSystem

/// A file of settings, and beside it what it was before this program first changed it.
struct SettingsFile {
  /// The file, which may be a link.
  let path: String

  /// What it was; beside a link and not beside what it points to, which others may keep in git.
  private var backupPath: String { path + ".mcp-sidecar-backup" }

  /// More than any settings; those of Claude Code hold the history of all projects.
  private static let maximumSize = 16 << 20

  // MARK: Reading

  /// The content; nil when there is no file.
  ///
  /// - Throws: A ``SettingsProblem`` when there is one that cannot be read.
  func content() throws(SettingsProblem) -> [UInt8]? { try Self.content(of: path) }

  /// What it was before; nil when it was not there, or was never changed.
  ///
  /// - Throws: A ``SettingsProblem`` when there is a file that cannot be read.
  func backup() throws(SettingsProblem) -> [UInt8]? { try Self.content(of: backupPath) }

  /// Whether it was changed, and what it was before is still there.
  var isKept: Bool { (try? FileStatus.ofLink(backupPath)) != .some(nil) }

  private static func content(of path: String) throws(SettingsProblem) -> [UInt8]? {
    let link = try reporting { () throws(SystemError) in try FileStatus.ofLink(path) }
    guard link != nil else { return nil }
    let status = try reporting { () throws(SystemError) in try FileStatus.of(path) }
    guard let status else { throw SettingsProblem(.noInput, "it is a link that leads nowhere") }
    guard status.kind == .regular else { throw SettingsProblem(.badData, "it is no regular file") }
    guard status.size <= maximumSize else { throw SettingsProblem(.badData, "it is too large") }
    return try reporting { () throws(SystemError) in try bytes(of: path, size: Int(status.size)) }
  }

  private static func bytes(of path: String, size: Int) throws(SystemError) -> [UInt8] {
    let file = try FileDescriptor.open(path, for: .reading)
    return try [UInt8](capacity: size + 1) { output throws(SystemError) in
      var before = -1
      while output.count > before, !output.isFull {
        before = output.count
        try file.read(into: &output)
      }
    }
  }

  // MARK: Writing

  /// Keeps what the file is, to be restored.
  ///
  /// - Parameter content: What it is; nil leaves nothing behind.
  /// - Throws: A ``SettingsProblem`` when it cannot be kept.
  func keep(_ content: [UInt8]?) throws(SettingsProblem) {
    try Self.reporting { () throws(SystemError) in
      guard let content else {
        try FileSystem.removeIfPresent(backupPath)
        return
      }
      var copy = try AtomicFile(for: backupPath)
      try copy.write(content.span)
      try copy.commit(replacing: true)
    }
  }

  /// Puts another content in the place of the one that was read.
  ///
  /// A link stays a link, and the permissions stay what they are; a new file is private.
  ///
  /// - Parameters:
  ///   - content: The new content; nil removes the file.
  ///   - old: What was read; if it is not that any more, nothing is written.
  /// - Throws: A ``SettingsProblem`` when it cannot be written.
  func replace(with content: [UInt8]?, old: [UInt8]?) throws(SettingsProblem) {
    guard try self.content() == old else { throw Self.changedMeanwhile }
    try Self.reporting { () throws(SystemError) in
      guard let content else {
        try FileSystem.removeIfPresent(path)
        return
      }
      let status = try FileStatus.of(path)
      var file = try AtomicFile(for: status == nil ? path : FileSystem.realPath(path))
      try file.write(content.span)
      if let status { try file.setPermissions(status.permissions) }
      try file.commit(replacing: true)
    }
  }

  private static let changedMeanwhile = SettingsProblem(
    .temporary,
    "somebody else changed it at this moment; try again"
  )

  /// Finds out whether the file is meant to be written: a new one could take the place of any.
  ///
  /// - Throws: A ``SettingsProblem`` when it is not.
  func checkWritable() throws(SettingsProblem) {
    let status = try Self.reporting { () throws(SystemError) in try FileStatus.of(path) }
    guard let status else { return }
    guard status.permissions & 0o200 != 0 else {
      throw SettingsProblem(.permission, "it is read-only")
    }
    guard status.owner == ProcessEnvironment.userID else {
      throw SettingsProblem(.permission, "it belongs to another user")
    }
  }

  private static func reporting<Value>(
    _ body: () throws(SystemError) -> Value
  ) throws(SettingsProblem) -> Value {
    do throws(SystemError) {
      return try body()
    } catch {
      throw SettingsProblem(error)
    }
  }
}
