internal import ArgumentParser
internal import MCPCommandLine
internal import MCPIngest
internal import MCPStore
internal import MCPSystem

/// Puts hooks into the settings of this user's agents, and takes them out again.
struct SetupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "setup",
    abstract: "Find this user's agents, record them from now on, and load what is on disk.",
    discussion: """
      Examples:
        mcp-sidecar setup --dry-run    show what would be changed
        mcp-sidecar setup              change it
        mcp-sidecar setup --tap        stand before the agents' MCP servers as well
        mcp-sidecar setup --undo       take everything out again

      Claude Code, Codex and Gemini CLI get a hook for every event that tells of \
      calls, sessions and sub-agents; it does nothing once this program is gone. \
      A test event goes through each hook, under the instance 'setup.test'. What a \
      file was before is kept beside it. Doing it twice changes nothing more, but \
      for a program that was moved. MCP servers behind the tap need this program:
      undo it before you remove it.

      A file that cannot be changed is left alone, with what to put into it by \
      hand; the exit status is then 65 or 77. 66 means that there is no agent.
      """
  )

  @Flag(help: "Show what would be changed; write nothing at all.")
  var dryRun = false

  @Flag(help: "Take out what an earlier setup put in.")
  var undo = false

  @Flag(help: "Put 'mcp-sidecar tap' before the commands of MCP servers, too.")
  var tap = false

  @OptionGroup var database: DatabaseOptions

  mutating func validate() throws {
    if undo, tap { throw ValidationError("--undo takes out everything, with or without --tap") }
  }

  func run() throws {
    let found = AgentSettings.found
    var report = SetupReport()
    if undo {
      for settings in found { uninstall(settings, &report) }
      if report.isEmpty { report.say("there is nothing to undo") }
    } else {
      guard !found.isEmpty else { throw Self.nobody }
      let entries = try entries()
      // Without a database there is nothing to set up for.
      let store = dryRun ? nil : try database.openStore()
      for settings in found { install(entries, settings, &report) }
      if tap { Self.tellOfCodexServers(entries.tap, &report) }
      if let store { try record(found, in: store, &report) }
    }
    if dryRun { report.say("--dry-run: nothing was written") }
    try report.end()
  }

  private static var nobody: CommandError {
    let folders = AgentSettings.folders.map { "\($0.0) (\($0.1))" }.joined(separator: ", ")
    return CommandError(.noInput, "there is no agent of this user; looked for \(folders)")
  }

  /// What is put into settings.
  private func entries() throws -> SettingsEdit.Entries {
    let program = try OwnProgram.path()
    let path = try database.database == nil ? nil : database.absolutePath
    return SettingsEdit.Entries(
      hook: HookLine(program: program, database: path),
      tap: ServerSettings.Tap(program: program, database: path),
      tapped: tap ? .all : .tapped
    )
  }

  // MARK: Files

  private func install(
    _ entries: SettingsEdit.Entries,
    _ settings: AgentSettings,
    _ report: inout SetupReport
  ) {
    do throws(SettingsProblem) {
      let old = try settings.file.content()
      let result = try settings.edit.install(entries, into: old)
      guard !result.changes.isEmpty else {
        if settings.edit.dialect != nil { report.tell(settings, ["nothing to do"] + result.notes) }
        return
      }
      try settings.file.checkWritable()
      if !dryRun {
        // An entry of ours means that what the file was before is kept already.
        if !SettingsEdit.isInstalled(in: old ?? []) { try settings.file.keep(old) }
        try settings.file.replace(with: result.bytes, old: old)
      }
      let advice = settings.advice.map { ["note: " + $0] } ?? []
      report.tell(settings, result.changes + result.notes + advice)
    } catch {
      // A file that only has servers is nobody's concern as long as none is to be tapped.
      guard tap || settings.edit.dialect != nil else { return }
      report.leave(settings, error, byHand: settings.edit.linesByHand(entries.hook))
    }
  }

  /// The settings of Codex are no JSON; a note is better than a guess at them.
  private static func tellOfCodexServers(
    _ tap: ServerSettings.Tap,
    _ report: inout SetupReport
  ) {
    let servers = AgentSettings.codexServers
    guard let first = servers.first else { return }
    report.say("Codex: \(AgentSettings.codexServersPath)")
    report.say("  left alone: MCP servers \(servers.joined(separator: ", ")); by hand:")
    let words = tap.words(for: first).map { "\"\($0)\"" }.joined(separator: ", ")
    report.say("    command = \"\(tap.program)\"")
    report.say("    args = [\(words), COMMAND, ARGUMENTS…]")
  }

  private func uninstall(_ settings: AgentSettings, _ report: inout SetupReport) {
    do throws(SettingsProblem) {
      guard let old = try settings.file.content(), SettingsEdit.mayBeInstalled(in: old) else {
        return
      }
      let result = try settings.edit.uninstall(from: old, backup: settings.file.backup())
      guard !result.changes.isEmpty else { return }
      try settings.file.checkWritable()
      if !dryRun {
        try settings.file.replace(with: result.bytes, old: old)
        try settings.file.keep(nil)
      }
      report.tell(settings, result.changes)
    } catch {
      guard settings.edit.dialect != nil || settings.file.isKept else { return }
      report.leave(settings, error, byHand: ["take out what names mcp-sidecar"])
    }
  }

  // MARK: Recording

  /// Sends a test event through each hook, and records the transcripts.
  private func record(
    _ found: [AgentSettings],
    in store: AgentStore,
    _ report: inout SetupReport
  ) throws {
    let trials = found.compactMap { settings in
      settings.edit.dialect.flatMap { dialect in
        (try? settings.file.content()).flatMap { SettingsEdit.command(in: $0) }
          .map { (settings.agent, HookTrial(of: $0, dialect)) }
      }
    }
    var ingestion = try TranscriptIngestion(store)
    // An event that found the database locked waits beside it.
    try ingestion.recordSpill()
    for (agent, trial) in trials {
      if try trial.hasArrived(in: store) {
        report.say("\(agent): a test event arrived, as instance \(HookTrial.instance)")
      } else {
        let log = store.path + "-hook.log"
        report.fail(SettingsProblem(.software, "\(agent): no test event arrived; see \(log)"))
      }
    }
    try HookTrial.end(in: store)
    ingestion.recordTranscripts()
    let recorded = ingestion.report
    try store.close()
    report.say("transcripts: \(IngestSummary(recorded, database: store.path).text)")
    if let signal = recorded.stoppedBy { ProcessExit.now(signal.exitStatus) }
  }
}
