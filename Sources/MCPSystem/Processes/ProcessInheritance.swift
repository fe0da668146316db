internal import CMCPSystem
internal import Glibc

/// What this process was given by the one that started it, and gives on to programs it starts.
package struct ProcessInheritance: Sendable {
  /// What the process began with; to be asked for once before any of it is changed.
  package static let original = Self()

  /// Which rights created files do not get.
  package let fileCreationMask: UInt32

  /// Whether writing where nobody reads is no signal.
  let ignoresBrokenPipes: Bool

  private init() {
    let mask = umask(0o077)
    umask(mask)
    fileCreationMask = UInt32(mask)
    ignoresBrokenPipes = mcp_ignores(SIGPIPE) != 0
  }
}
