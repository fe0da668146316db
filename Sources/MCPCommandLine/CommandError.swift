package import MCPStore
package import MCPSystem

/// An error that ends a program: what to say, and what to end with.
package struct CommandError: Error, CustomStringConvertible, Sendable {
  /// The status that the program ends with.
  package let status: ExitStatus
  /// One or two lines for a person: what failed, and what to do.
  package let description: String

  package init(_ status: ExitStatus, _ message: String) {
    self.status = status
    description = message
  }

  package init(_ error: StoreError) {
    self.init(ExitStatus(error.reason), error.message)
  }

  package init(_ error: SystemError) {
    let status: ExitStatus =
      error.isNotFound
      ? .noInput
      : error.isPermissionDenied || error.isReadOnlyFileSystem ? .permission : .inputOutput
    self.init(status, error.description)
  }
}
