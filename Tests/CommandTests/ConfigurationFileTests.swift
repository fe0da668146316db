import Foundation
import Testing

@Suite struct `The configuration file` {
  let directory = Result { try TestDirectory() }

  /// Runs a line of the shell for a user whose configuration file has this content.
  private func shell(_ configuration: String, _ line: String) throws -> QueryRun {
    let home = try directory.get().path
    let folder = home + "/.config/mcp-sidecar"
    try FileManager.default.createDirectory(
      atPath: folder,
      withIntermediateDirectories: true
    )
    try Data(configuration.utf8).write(to: URL(fileURLWithPath: folder + "/config.json"))
    return try QueryRun(
      shell: line,
      environment: [
        "HOME": home, "XDG_CONFIG_HOME": "", "XDG_DATA_HOME": "", "MCP_SIDECAR_DB": "",
        "EVENT": #"{"instance_id":"a","tool_name":"t","success":true}"#,
        "HOOK": #"{"session_id":"s","hook_event_name":"SessionStart","source":"startup"}"#,
      ]
    )
  }

  private var here: String {
    get throws { #"{"local":{"file":"file:\#(try directory.get().path)/here.db"}}"# }
  }

  @Test func `says where the database is, to every program`() throws {
    let run = try shell(
      here,
      """
      echo "$EVENT" | mcp-sidecar 2>/dev/null &&
      mcp-sidecar instance create b &&
      mcp-sidecar run --instance c -- true &&
      (echo "$HOOK" | mcp-sidecar hook) &&
      mcp-query instances -o jsonl --columns id &&
      ls ~/here.db && ls ~/.local 2>&1
      """
    )
    #expect(Array(run.lines.prefix(3)) == ["a", "b", "c"].map { #"{"id":"\#($0)"}"# })
    #expect(run.text.contains("here.db\n") && run.text.contains("No such file"))
  }

  @Test func `gives way to the environment, which gives way to the flag`() throws {
    let run = try shell(
      here,
      """
      echo "$EVENT" | MCP_SIDECAR_DB=~/env.db mcp-sidecar --summary none &&
      echo "$EVENT" | MCP_SIDECAR_DB=~/env.db mcp-sidecar --summary none --db ~/flag.db &&
      cd && ls *.db
      """
    )
    #expect(run.lines == ["env.db", "flag.db"])
  }

  @Test func `that is wrong is an error that names the setting, but not to a hook`() throws {
    let run = try shell(
      #"{"local":{"fil":"x.db"}}"#,
      """
      echo "$EVENT" | mcp-sidecar; echo $?; mcp-query events; echo $?
      echo "$HOOK" | mcp-sidecar hook; echo $?
      """
    )
    #expect(run.lines == ["65", "65", "0"])
    #expect(run.messages.components(separatedBy: "did you mean 'local.file'?").count == 3)
  }

  @Test func `decides the durability unless something else is asked for`() throws {
    let run = try shell(
      #"{"local":{"logQueries":true,"durability":"normal"}}"#,
      """
      echo "$EVENT" | mcp-sidecar; echo "$EVENT" | mcp-sidecar --durability full
      echo "$EVENT" | mcp-sidecar --ack-fd 3 3>/dev/null
      """
    )
    let settings = run.messages.split(separator: "\n").filter { $0.contains("synchronous =") }
    #expect(settings.map { $0.suffix(6) } == ["NORMAL", "= FULL", "= FULL"])
  }
}
