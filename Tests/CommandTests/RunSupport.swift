import Foundation
import Testing

extension QueryRun {
  /// Starts a program with nothing that the test runner's threads would leave it.
  ///
  /// These block signals, and give a socket on whose owners, daemons included, are waited for.
  private static let launcher = """
    import os, signal, sys
    signal.pthread_sigmask(signal.SIG_SETMASK, [])
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.closerange(3, 256)
    os.execvp(sys.argv[1], sys.argv[1:])
    """

  /// Runs a program as a terminal would start it.
  init(plainly words: [String], environment: [String: String] = [:]) throws {
    try self.init(
      "/usr/bin/env",
      ["python3", "-c", Self.launcher] + words,
      environment: environment
    )
  }
}

/// What `mcp-sidecar` records in a directory of its own.
final class Recording {
  private let directory = try? TestDirectory()

  var folder: String { directory?.path ?? "/nonexistent" }
  var database: String { folder + "/events.db" }

  /// Runs a line of the shell; `$D` is the directory.
  ///
  /// It is ended after minutes, so that what hangs fails.
  func shell(_ line: String, environment: [String: String] = [:]) throws -> QueryRun {
    let own = ["MCP_SIDECAR_DB": database, "D": folder]
    return try QueryRun(
      plainly: ["timeout", "--kill-after=5", "120", "bash", "-c", line],
      environment: own.merging(environment) { $1 }
    )
  }

  /// The rows that a query finds, their columns with `|` between.
  func rows(_ sql: String) throws -> [String] {
    let run = try QueryRun(
      python: """
        import sqlite3
        for row in sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True).execute(sys.argv[2]):
          print("|".join(str(value) for value in row))
        """,
      [database, sql]
    )
    try #require(run.status == 0, "\(run.messages)")
    return run.lines
  }
}

/// Waits for a condition.
///
/// - Parameters:
///   - limit: How long, in seconds; only something broken takes that long.
///   - condition: What is waited for.
/// - Returns: Whether it came true.
func eventually(within limit: TimeInterval = 60, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = Date() + limit
  while Date() < deadline {
    if try condition() { return true }
    usleep(20_000)
  }
  return false
}
