package import MCPCommandLine
package import MCPIngest
internal import MCPStore

extension InputFailure: ExitStatusError {
  package var exitStatus: ExitStatus {
    systemError.map { CommandError($0).status } ?? .badData
  }
}

extension IngestFailure: ExitStatusError {
  package var exitStatus: ExitStatus {
    isLossy ? .inputOutput : ExitStatus(cause.reason)
  }
}
