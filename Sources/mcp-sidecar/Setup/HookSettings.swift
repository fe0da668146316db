internal import MCPCommandLine
internal import MCPEvents

/// The hooks in an agent's settings.
enum HookSettings {
  /// What was done to the settings: to which events.
  struct Change {
    var added: [String] = []
    var replaced: [String] = []
  }

  /// Sees to it that every event of an agent runs a command, once.
  ///
  /// - Parameters:
  ///   - command: The command.
  ///   - dialect: The agent's.
  ///   - source: The settings.
  /// - Returns: What was missing or other than it should be.
  /// - Throws: A ``SettingsProblem`` when the settings are not what the agent wants either.
  static func add(
    _ command: HookLine,
    _ dialect: HookDialect,
    to source: inout JSONSource
  ) throws(SettingsProblem) -> Change {
    guard source.root.isObject else { throw SettingsProblem(.badData, "it is no JSON object") }
    if source[[key]] == nil { source.append(.object([]), named: key, to: source.root) }
    guard source[[key]]?.isObject == true else {
      throw SettingsProblem(.badData, "'\(key)' is no JSON object")
    }
    var change = Change()
    for event in dialect.events {
      if replace(in: event, with: command.text, &source) {
        change.replaced.append(event)
      } else if try append(dialect.group(command.text), to: event, unlessIn: &source) {
        change.added.append(event)
      }
    }
    return change
  }

  private static let key = "hooks"

  /// Adds a group under an event that runs no command of ours yet.
  private static func append(
    _ group: JSONNode,
    to event: String,
    unlessIn source: inout JSONSource
  ) throws(SettingsProblem) -> Bool {
    guard installed(under: event, in: source).isEmpty else { return false }
    guard let groups = source[[key, event]] else {
      source.append(.array([group]), named: event, to: source[[key]] ?? source.root)
      return true
    }
    guard groups.kind == .array else {
      throw SettingsProblem(.badData, "'\(key).\(event)' is no JSON array")
    }
    source.append(group, to: groups)
    return true
  }

  /// Gives our entries under an event another command, if they have one.
  private static func replace(
    in event: String,
    with command: String,
    _ source: inout JSONSource
  ) -> Bool {
    var isChanged = false
    while let other = installed(under: event, in: source).first(where: { $0.text != command }) {
      source.replace(other.value, with: command)
      isChanged = true
    }
    return isChanged
  }

  /// One of our commands: which group it is in, and where in it.
  private struct Installed {
    let text: String
    let value: JSONValue
    let group: Int
    let index: Int
  }

  /// Our commands under an event.
  private static func installed(under event: String, in source: JSONSource) -> [Installed] {
    guard let groups = source[[key, event]] else { return [] }
    return groups.elements.enumerated().flatMap { group, value in
      (value["hooks"].map { Array($0.elements) } ?? []).enumerated().compactMap { index, hook in
        guard let command = hook["command"], let text = command.string, HookLine.isInstalled(text)
        else { return nil }
        return Installed(text: text, value: command, group: group, index: index)
      }
    }
  }

  /// A command of ours that settings have, as the agent would run it.
  static func command(in source: JSONSource) -> String? {
    events(in: source).lazy.compactMap { installed(under: $0, in: source).first?.text }.first
  }

  private static func events(in source: JSONSource) -> [String] {
    source[[key]]?.entries.map(\.key) ?? []
  }

  // MARK: Removing

  /// Takes our commands out, and what is empty then.
  ///
  /// - Parameter source: The settings.
  /// - Returns: The events that had one.
  static func remove(from source: inout JSONSource) -> [String] {
    let events = events(in: source).filter { !installed(under: $0, in: source).isEmpty }
    for event in events {
      while let last = installed(under: event, in: source).last {
        remove(last, under: event, from: &source)
      }
    }
    if !events.isEmpty { removeMember(key, of: [], ifEmptyIn: &source) }
    return events
  }

  private static func remove(
    _ entry: Installed,
    under event: String,
    from source: inout JSONSource
  ) {
    guard let groups = source[[key, event]] else { return }
    let group = Array(groups.elements)[entry.group]
    guard let hooks = group["hooks"] else { return }
    if Array(hooks.elements).count > 1 {
      source.remove(entry.index, from: hooks)
    } else {
      source.remove(entry.group, from: groups)
      removeMember(event, of: [key], ifEmptyIn: &source)
    }
  }

  /// Takes a member out that has nothing in it any more.
  private static func removeMember(
    _ name: String,
    of path: [String],
    ifEmptyIn source: inout JSONSource
  ) {
    guard let object = source[path], let value = object[name],
      value.entries.isEmpty, Array(value.elements).isEmpty,
      let index = object.entries.firstIndex(where: { $0.key == name })
    else { return }
    source.remove(index, from: object)
  }
}
