internal import MCPSystem

/// What a working tree says of itself in its `.git` (gitrepository-layout).
struct GitWorktree {
  /// The top directory of the working tree.
  let path: String
  private let gitDirectory: String

  /// Finds the working tree that a directory is in.
  init?(containing directory: String) {
    var path = directory
    while true {
      if let gitDirectory = Self.gitDirectory(of: path) {
        self.path = path
        self.gitDirectory = gitDirectory
        return
      }
      let parent = FileSystem.parent(of: path)
      guard parent != path, !parent.isEmpty, path != "/" else { return nil }
      path = parent
    }
  }

  /// `.git` is a directory, or in a linked working tree a file that names one.
  private static func gitDirectory(of path: String) -> String? {
    let entry = path + "/.git"
    guard let status = try? FileStatus.of(entry) else { return nil }
    if status.kind == .directory { return entry }
    guard let text = try? FileSystem.text(of: entry), text.hasPrefix("gitdir: ") else { return nil }
    let target = text.dropFirst("gitdir: ".count).trimmed
    return target.hasPrefix("/") ? target : path + "/" + target
  }

  /// The branch that is checked out; `nil` when there is none.
  var branch: String? {
    guard let head = try? FileSystem.text(of: gitDirectory + "/HEAD") else { return nil }
    let prefix = "ref: refs/heads/"
    guard head.hasPrefix(prefix) else { return nil }
    return head.dropFirst(prefix.count).trimmed
  }

  /// The remote repository called `origin`, as owner/name.
  var repository: String? {
    let common = (try? FileSystem.text(of: gitDirectory + "/commondir"))?[...].trimmed
    let base = common.map { $0.hasPrefix("/") ? $0 : gitDirectory + "/" + $0 } ?? gitDirectory
    guard let config = try? FileSystem.text(of: base + "/config") else { return nil }
    var isOrigin = false
    for line in config.split(separator: "\n").map(\.trimmed) {
      if line.hasPrefix("[") {
        isOrigin = line == "[remote \"origin\"]"
      } else if isOrigin, line.hasPrefix("url"), let sign = line.firstIndex(of: "=") {
        return Self.ownerAndName(of: line[line.index(after: sign)...].trimmed)
      }
    }
    return nil
  }

  /// The last two parts of an address such as `git@github.com:owner/name.git`.
  static func ownerAndName(of address: String) -> String? {
    let isLocal = address.hasPrefix("/") || address.hasPrefix(".") || address.hasPrefix("file:")
    let parts = address.split { $0 == "/" || $0 == ":" }.suffix(2)
    guard !isLocal, parts.count == 2, let owner = parts.first, let name = parts.last else {
      return nil
    }
    let bare = name.hasSuffix(".git") ? name.dropLast(".git".count) : name
    return owner + "/" + bare
  }
}

extension Substring {
  /// The text without white space around it.
  fileprivate var trimmed: String {
    let start = drop { $0.isWhitespace }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
