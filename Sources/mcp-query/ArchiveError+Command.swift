internal import MCPArchive
internal import MCPCommandLine

extension CommandError {
  /// The error to end with when there is no archive.
  init(_ error: ArchiveError) {
    self.init(error.code == .exists ? .cannotCreate : .usage, error.description)
  }
}
