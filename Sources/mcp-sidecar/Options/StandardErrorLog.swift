internal import Logging
internal import MCPCommandLine

/// Writes what a run tells of itself to standard error, a line each.
struct StandardErrorLog: LogHandler {
  var logLevel: Logger.Level
  var metadata: Logger.Metadata = [:]

  /// Writes messages of `level` and above.
  init(_ level: Logger.Level) {
    logLevel = level
  }

  subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  func log(event: LogEvent) {
    let text = TerminalText.escaped("\(event.message)")
    Diagnostics.write("mcp-sidecar: \(event.level): \(text)")
  }
}
