internal import MCPSystem

/// The tmux session that this process runs in.
enum TmuxSession {
  private static let patience = Duration.seconds(1)

  /// Its name; `nil` outside of tmux, and when tmux does not say in time.
  static var name: String? {
    guard let server = ProcessEnvironment.variable("TMUX"), !server.isEmpty,
      let socket = server.split(separator: ",").first
    else { return nil }
    var words = ["tmux", "-S", String(socket), "display-message", "-p"]
    if let pane = ProcessEnvironment.variable("TMUX_PANE") { words += ["-t", pane] }
    words.append("#{session_name}")
    let text = CommandOutput.text(of: words, until: .now + patience)
    let name = text?.split(separator: "\n").first.map(String.init)
    return name.flatMap { $0.isEmpty ? nil : $0 }
  }
}
