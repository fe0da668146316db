internal import MCPSystem

/// Where lines wait that could not be stored: `DATABASE-spill/`, beside the database.
///
/// Each file is written by one process, which holds a lock on it, and is read by the next writer
/// that finds it without one. Names sort in the order of writing.
struct SpillFolder: Sendable {
  /// The directory.
  let path: String

  /// The folder of a database.
  init(database: String) {
    path = database + "-spill"
  }

  /// The files in it, in the order of writing.
  var files: [String] {
    let names = (try? FileSystem.names(in: path)) ?? []
    return names.filter { $0.hasSuffix(Self.suffix) }.sorted().map { path + "/" + $0 }
      .filter { (try? FileStatus.ofLink($0))??.kind == .regular }
  }

  private static let suffix = ".spill"

  /// Puts a file aside that cannot be read, or not all of it.
  static func putAside(_ path: String) throws(SystemError) {
    try FileSystem.rename(path, to: path + ".unreadable")
  }

  /// A name for a new file, behind all that this process made before.
  func newFile(_ number: Int, startedAt milliseconds: Int64) -> String {
    let serial = String(number)
    let padding = String(repeating: "0", count: max(0, 6 - serial.count))
    let process = ProcessEnvironment.processID
    return "\(path)/\(milliseconds)-\(process)-\(padding)\(serial)\(Self.suffix)"
  }

  /// Makes the directory.
  func create() throws(SystemError) {
    try FileSystem.createDirectories(path)
  }

  /// Takes the right to read files back, which only one process has at a time: so lines of one
  /// source keep their order, and nobody removes what somebody else reads.
  ///
  /// - Returns: What holds the right; `nil` when somebody else has it, or there is no directory.
  func tryLock() throws(SystemError) -> FileDescriptor? {
    let directory: FileDescriptor
    do throws(SystemError) {
      directory = try FileDescriptor.open(path, for: .directory)
    } catch {
      guard error.isNotFound else { throw error }
      return nil
    }
    guard try directory.tryLock(.exclusive) else { return nil }
    let held = try directory.status()
    guard let current = try FileStatus.of(path), current.inode == held.inode else { return nil }
    return directory
  }

  /// Removes the directory if it is empty.
  func removeIfEmpty() {
    try? FileSystem.removeDirectory(path)
  }
}
