internal import MCPCommandLine
internal import MCPEvents
internal import MCPSystem

/// Why a file of settings is left alone.
struct SettingsProblem: Error {
  /// What the program ends with because of it.
  let status: ExitStatus
  /// For a person; it holds nothing of the file's content.
  let text: String

  init(_ status: ExitStatus, _ text: String) {
    self.status = status
    self.text = text
  }

  /// The file is no JSON.
  init(_ error: JSONError, in bytes: [UInt8]) {
    let line = bytes.prefix(error.offset).count { $0 == UInt8(ascii: "\n") } + 1
    let isComment = error.offset < bytes.count && bytes[error.offset] == UInt8(ascii: "/")
    self.init(.badData, isComment ? "line \(line) has a comment" : "line \(line) is no JSON")
  }

  /// The system refuses.
  init(_ error: SystemError) {
    self.init(CommandError(error).status, error.reason)
  }
}
