internal import Logging
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

extension Ingester {
  /// How often followed files are looked at.
  private static let followInterval = Duration.milliseconds(100)

  /// Records files as they grow, until a signal comes.
  ///
  /// A file is known by its inode while it is followed, so that a renamed one is read to its end; a
  /// truncated one is read from its beginning. Calls that are open when following stops stay open.
  /// A file that cannot be read is told of, and tried again when it changes: a compressed one may
  /// still be in the making.
  ///
  /// - Parameters:
  ///   - find: Names the files there are now; it is asked again and again.
  ///   - isAgain: Whether files are read from their beginning first.
  /// - Throws: A ``StoreError`` or `SystemError`.
  package mutating func follow(
    _ find: () throws -> [String],
    again isAgain: Bool = false
  ) throws {
    // Each followed file stays open.
    OpenFileLimit.raise()
    var isAgain = isAgain
    while try !followOnce(find, again: isAgain) { isAgain = false }
  }

  /// Follows files until a signal comes, or somebody else has stored what was about to be stored.
  ///
  /// - Returns: Whether it is over; if not, all files are to be looked at anew.
  private mutating func followOnce(
    _ find: () throws -> [String],
    again isAgain: Bool
  ) throws -> Bool {
    let input = Input(name: "", isPipe: false)
    let (outbox, writer) = makeWriter(input, options, stopsAtFailure: false)
    let turn = writing.begin(writer)
    var failure: (any Error)?
    do {
      try follow(find, isAgain: isAgain, outbox)
    } catch {
      failure = error
    }
    outbox.close()
    turn.join()
    var progress = writer.progress
    let isConflict = progress.failure?.reason == .conflict
    if isConflict { progress.failure = nil }
    try finish(input, progress, writer.statistics, failure)
    return !isConflict || isStopping
  }

  private mutating func follow(
    _ find: () throws -> [String],
    isAgain: Bool,
    _ outbox: BatchOutbox
  ) throws {
    var files = FollowedFiles()
    var poller = Poller(waker: waker)
    while !isStopping, !outbox.isDead {
      let present = FollowedFiles.look(at: try find())
      files.read(present)
      let fresh = files.unknown(of: present)
      // What is stored of a file under another name must be known before it is read again.
      if !fresh.isEmpty { outbox.waitUntilIdle() }
      for (path, status) in fresh {
        try files.open(path, status) { () throws in
          try FollowedFile(path, self, outbox, isAgain: isAgain)
        }
      }
      for trouble in files.takeTroubles() { options.logger.warning("\(trouble)") }
      _ = try poller.wait(until: .now + Self.followInterval)
    }
    files.pause()
    report.stoppedBy = signals.request?.first
  }
}
