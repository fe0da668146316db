internal import MCPArchive
internal import MCPCommandLine

extension CommandError {
  /// The error to end with when there is no archive.
  init(_ error: ArchiveError) {
    self.init(error.code == .name ? .usage : .cannotCreate, error.description)
  }
}
