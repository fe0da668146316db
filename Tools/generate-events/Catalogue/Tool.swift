/// A tool that an agent calls.
struct Tool {
  /// The columns that are the same for every call, as JSON text.
  let columns: [UInt8]
  let durationMicroseconds: ClosedRange<Int>
  /// The members of the metadata's `args` object.
  let arguments: Template
  let namesFile: Bool
  /// What the tool says when it fails.
  let failures: [Template]
  /// Whether a call may leave a commit behind.
  let commits: Bool

  init(
    _ name: String,
    kind: String,
    server: String? = nil,
    takes durationMicroseconds: ClosedRange<Int>,
    commits: Bool = false,
    arguments: Template,
    failures: [Template]
  ) {
    let server = server.map { #""server_name":"\#($0)","# } ?? ""
    columns = Array(#""tool_name":"\#(name)","tool_kind":"\#(kind)",\#(server)"#.utf8)
    self.durationMicroseconds = durationMicroseconds
    self.commits = commits
    self.arguments = arguments
    namesFile = arguments.parts.contains { part in
      if case .blank(.file) = part { true } else { false }
    }
    self.failures = failures
  }
}
