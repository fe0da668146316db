internal import MCPSystem

/// A directory of a test's own, which goes with it.
public final class TemporaryDirectory: Sendable {
  /// Its absolute path.
  public let path: String

  /// Creates an empty directory.
  ///
  /// - Throws: An error of the operating system.
  public init() throws {
    let base = ProcessEnvironment.variable("TMPDIR").flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
    path = "\(base)/mcp-test-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    try FileSystem.createDirectories(path)
  }

  /// The path of a file in it.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  deinit {
    Self.remove(path)
  }

  private static func remove(_ path: String) {
    for name in (try? FileSystem.names(in: path)) ?? [] {
      let child = "\(path)/\(name)"
      if (try? FileStatus.ofLink(child))?.kind == .directory {
        remove(child)
      } else {
        try? FileSystem.remove(child)
      }
    }
    try? FileSystem.removeDirectory(path)
  }
}
