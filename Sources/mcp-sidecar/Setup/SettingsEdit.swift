internal import MCPEvents

/// What this program has in one file of settings: text in, text out.
struct SettingsEdit {
  /// How the agent wants its hooks; nil where the file holds none.
  let dialect: HookDialect?

  /// What is put into a file.
  struct Entries {
    let hook: HookLine
    let tap: ServerSettings.Tap
    /// Before which servers the tap is put.
    let tapped: ServerSettings.Extent
  }

  /// A text with the changes that made it.
  struct Result {
    /// The text; nil where there is to be no file.
    let bytes: [UInt8]?
    /// The changes, for a person; nothing where there is nothing to do.
    let changes: [String]
    /// What the user should know besides.
    var notes: [String] = []
  }

  /// Puts our entries into a file.
  ///
  /// - Parameters:
  ///   - entries: What to put there.
  ///   - content: The file; nil or nothing but white space where there are no settings yet.
  /// - Returns: The new file.
  /// - Throws: A ``SettingsProblem`` when it cannot be read as the agent reads it.
  func install(_ entries: Entries, into content: [UInt8]?) throws(SettingsProblem) -> Result {
    var source = try Self.source(content)
    var changes: [String] = []
    if let dialect {
      let change = try HookSettings.add(entries.hook, dialect, to: &source)
      changes += Self.described(change, entries.hook)
    }
    for name in ServerSettings.add(entries.tap, to: entries.tapped, in: &source) {
      changes.append("~ MCP server \(name): started by \(entries.tap.program) tap")
    }
    let bytes = changes.isEmpty ? content : source.bytes
    return Result(bytes: bytes, changes: changes, notes: notes(on: source))
  }

  private func notes(on source: JSONSource) -> [String] {
    (dialect?.offSwitches ?? []).filter { source[$0.path]?.bool == $0.value }
      .map { "note: all hooks are off, because of '\($0.path.joined(separator: "."))'" }
  }

  /// Takes our entries out of a file.
  ///
  /// If nobody else has changed it since, the file is what it was before, byte for byte.
  ///
  /// - Parameters:
  ///   - content: The file.
  ///   - backup: What it was before; nil when there was none.
  /// - Returns: The new file.
  /// - Throws: A ``SettingsProblem`` when it is no JSON.
  func uninstall(from content: [UInt8], backup: [UInt8]?) throws(SettingsProblem) -> Result {
    var source = try Self.source(content)
    let events = HookSettings.remove(from: &source)
    let servers = ServerSettings.remove(from: &source)
    guard !events.isEmpty || !servers.isEmpty else { return Result(bytes: content, changes: []) }
    let extent: ServerSettings.Extent = servers.isEmpty ? .tapped : .all
    if let backup, roundTrip(backup, hasHooks: !events.isEmpty, extent) == source.bytes {
      return Result(bytes: backup, changes: ["- all that setup added: the file is what it was"])
    }
    if backup == nil, source.root.isObject, source.root.entries.isEmpty {
      return Result(bytes: nil, changes: ["- the file, which setup had made"])
    }
    var changes = servers.map { "~ MCP server \($0): started without tap" }
    if !events.isEmpty { changes.append("- hooks: " + events.joined(separator: ", ")) }
    return Result(bytes: source.bytes, changes: changes)
  }

  /// Whether a file, even one that is damaged, may have entries of ours.
  static func mayBeInstalled(in content: [UInt8]) -> Bool {
    content.contains("mcp-sidecar".utf8)
  }

  /// Whether a file has entries of ours.
  static func isInstalled(in content: [UInt8]) -> Bool {
    guard var source = try? Self.source(content) else { return false }
    return !HookSettings.remove(from: &source).isEmpty
      || !ServerSettings.remove(from: &source).isEmpty
  }

  /// The command of ours in a file, exactly as it stands there.
  static func command(in content: [UInt8]) -> String? {
    (try? source(content)).flatMap(HookSettings.command)
  }

  /// What to put into a file by hand.
  func linesByHand(_ hook: HookLine) -> [String] {
    guard let dialect else {
      return ["before a server's command and arguments: \(hook.program) tap --"]
    }
    let members = dialect.events.map {
      (key: $0, value: JSONNode.array([dialect.group(hook.text)]))
    }
    let node = JSONNode.object([(key: "hooks", value: .object(members))])
    return node.text(JSONLayout(newline: "\n"), at: "").split(separator: "\n").map(String.init)
  }

  // MARK: Parts

  private static func source(_ content: [UInt8]?) throws(SettingsProblem) -> JSONSource {
    let content = content ?? []
    let isBlank = content.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) }
    let bytes = isBlank ? Array("{}\n".utf8) : content
    do throws(JSONError) {
      return try JSONSource(bytes)
    } catch {
      throw SettingsProblem(error, in: bytes)
    }
  }

  private static func described(_ change: HookSettings.Change, _ hook: HookLine) -> [String] {
    var lines: [String] = []
    if !change.added.isEmpty { lines.append("+ hooks: " + change.added.joined(separator: ", ")) }
    if !change.replaced.isEmpty {
      lines.append("~ hooks: " + change.replaced.joined(separator: ", "))
    }
    return lines.isEmpty ? [] : lines + ["  " + hook.text]
  }

  /// A file after our entries were put in and taken out again: what they were does not show in it.
  private func roundTrip(
    _ content: [UInt8],
    hasHooks: Bool,
    _ extent: ServerSettings.Extent
  ) -> [UInt8]? {
    let entries = Entries(
      hook: HookLine(program: "/", database: nil),
      tap: ServerSettings.Tap(program: "/", database: nil),
      tapped: extent
    )
    let edit = Self(dialect: hasHooks ? dialect : nil)
    guard let bytes = try? edit.install(entries, into: content).bytes,
      var source = try? Self.source(bytes)
    else { return nil }
    _ = HookSettings.remove(from: &source)
    _ = ServerSettings.remove(from: &source)
    return source.bytes
  }
}
