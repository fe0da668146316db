internal import MCPEvents
internal import MCPSystem

/// The MCP servers in a client's settings, whose commands `tap` can be put before.
enum ServerSettings {
  /// What stands before a server's command.
  struct Tap {
    /// The program, by its absolute path.
    let program: String
    /// The database, by its absolute path; nil for the one that the program finds itself.
    let database: String?

    /// The words between the program and the server's own command.
    func words(for server: String) -> [String] {
      ["tap", "--name=\(server)"] + (database.map { ["--db=\($0)"] } ?? []) + ["--"]
    }
  }

  /// Which servers are tapped.
  enum Extent {
    /// Those that are tapped already, in case the program was moved.
    case tapped
    case all
  }

  /// Puts the tap before the commands of servers; an old one of ours is replaced.
  ///
  /// - Parameters:
  ///   - tap: What to put there.
  ///   - extent: Before which.
  ///   - source: The settings.
  /// - Returns: The names of the servers that were changed.
  static func add(_ tap: Tap, to extent: Extent, in source: inout JSONSource) -> [String] {
    var names: [String] = []
    for path in servers(in: source) {
      let name = path[path.count - 1]
      let before = source.bytes
      if let words = tapWords(of: path, in: source) {
        guard words != [tap.program] + tap.words(for: name) else { continue }
        untap(path, in: &source)
      } else if extent == .tapped || isTappedByHand(path, in: source) {
        continue
      }
      put(tap, before: path, in: &source)
      if source.bytes != before { names.append(name) }
    }
    return names
  }

  /// Takes the tap away from all servers that ``add(_:to:in:)`` put it before.
  ///
  /// - Parameter source: The settings.
  /// - Returns: The names of the servers.
  static func remove(from source: inout JSONSource) -> [String] {
    let tapped = servers(in: source).filter { tapWords(of: $0, in: source) != nil }
    for path in tapped { untap(path, in: &source) }
    return tapped.map { $0[$0.count - 1] }
  }

  // MARK: Reading

  private static let key = "mcpServers"

  /// The paths of all servers that have a command: of the user, and of single projects.
  private static func servers(in source: JSONSource) -> [[String]] {
    let projects = source[["projects"]]?.entries.map { ["projects", $0.key, key] } ?? []
    return ([[key]] + projects).flatMap { path in
      (source[path]?.entries ?? []).filter { $0.value["command"]?.string != nil }
        .map { path + [$0.key] }
    }
  }

  private static func arguments(of path: [String], in source: JSONSource) -> [String]? {
    guard let value = source[path + ["args"]] else { return [] }
    let elements = Array(value.elements)
    let words = elements.compactMap(\.string)
    return value.kind == .array && words.count == elements.count ? words : nil
  }

  /// The words up to the server's own command, where they are ours.
  private static func tapWords(of path: [String], in source: JSONSource) -> [String]? {
    guard let command = source[path + ["command"]]?.string, command.hasPrefix("/"),
      let words = arguments(of: path, in: source),
      words.starts(with: ["tap", "--name=\(path[path.count - 1])"]),
      let end = words.firstIndex(of: "--"), end < words.count - 1,
      words[2..<end].allSatisfy({ $0.hasPrefix("--db=") })
    else { return nil }
    return [command] + words[...end]
  }

  /// Whether somebody else has put the tap there.
  private static func isTappedByHand(_ path: [String], in source: JSONSource) -> Bool {
    let command = source[path + ["command"]]?.string ?? ""
    return FileSystem.lastComponent(of: command) == "mcp-sidecar"
      && arguments(of: path, in: source)?.first == "tap"
  }

  // MARK: Writing

  private static func put(_ tap: Tap, before path: [String], in source: inout JSONSource) {
    guard let command = source[path + ["command"]], let own = command.string,
      arguments(of: path, in: source) != nil
    else { return }
    source.replace(command, with: tap.program)
    if source[path + ["args"]] == nil, let server = source[path] {
      source.append(.array([]), named: "args", to: server)
    }
    for word in (tap.words(for: path[path.count - 1]) + [own]).reversed() {
      if let list = source[path + ["args"]] { source.prepend(.string(word), to: list) }
    }
  }

  private static func untap(_ path: [String], in source: inout JSONSource) {
    guard let words = tapWords(of: path, in: source),
      let own = arguments(of: path, in: source)?.dropFirst(words.count - 1).first,
      let command = source[path + ["command"]]
    else { return }
    source.replace(command, with: own)
    for _ in words.indices {
      if let list = source[path + ["args"]] { source.remove(0, from: list) }
    }
    guard arguments(of: path, in: source) == [], let server = source[path],
      let index = server.entries.firstIndex(where: { $0.key == "args" })
    else { return }
    source.remove(index, from: server)
  }
}
