package import MCPCommandLine
package import MCPIngest
internal import MCPStore

extension IngestFailure: ExitStatusError {
  package var exitStatus: ExitStatus {
    isLossy ? .inputOutput : ExitStatus(cause.reason)
  }
}
