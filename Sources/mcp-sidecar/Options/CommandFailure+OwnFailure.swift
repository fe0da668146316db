internal import MCPCommandLine
package import MCPIngest

extension CommandFailure: OwnFailure {
  package var ownStatus: Int32 { status.rawValue }
}
