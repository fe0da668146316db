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
  ///
  /// - Parameters:
  ///   - find: Names the files there are now; it is asked again and again.
  ///   - isAgain: Whether files are read from their beginning first.
  /// - Throws: A ``StoreError`` or `SystemError`.
  package mutating func follow(
    _ find: () throws -> [String],
    again isAgain: Bool = false
  ) throws {
    let input = Input(name: "", isPipe: false)
    let (outbox, writer) = makeWriter(input, options, stopsAtFailure: false)
    let thread = try Worker { writer.work() }
    var failure: (any Error)?
    do {
      try follow(find, isAgain: isAgain, outbox)
    } catch {
      failure = error
    }
    outbox.close()
    thread.join()
    try finish(input, writer.progress, RunStatistics(), failure)
  }

  private mutating func follow(
    _ find: () throws -> [String],
    isAgain: Bool,
    _ outbox: BatchOutbox
  ) throws {
    var followed: [FollowedFile.Identity: FollowedFile] = [:]
    var poller = Poller(waker: waker)
    while !isStopping, !outbox.isDead {
      var seen: Set<FollowedFile.Identity> = []
      for path in try find() {
        guard let status = try? FileStatus.of(path), status.kind == .regular else { continue }
        let identity = FollowedFile.Identity(status)
        seen.insert(identity)
        // Without content a file cannot be known again.
        guard followed[identity] != nil || status.size > 0 else { continue }
        if let file = followed[identity], !file.isTruncated(status) {
          try file.read()
        } else {
          let file = try FollowedFile(path, self, outbox, isAgain: isAgain)
          followed[identity] = file
          try file.read()
        }
      }
      for (identity, file) in followed where !seen.contains(identity) {
        try file.read()
        file.end()
        followed[identity] = nil
      }
      _ = try poller.wait(until: .now + Self.followInterval)
    }
    for file in followed.values { file.pause() }
    report.stoppedBy = signals.request?.first
  }
}

/// A file that is read as it grows.
final class FollowedFile {
  /// What a file is known by while it is followed.
  struct Identity: Hashable {
    private let device: UInt64
    private let inode: UInt64

    init(_ status: FileStatus) {
      device = status.device
      inode = status.inode
    }
  }

  private var source: InputSource
  private var lines: LineBuffer
  private var intake: LineIntake
  private let now: @Sendable () -> UnixTime

  init(
    _ path: String,
    _ ingester: borrowing Ingester,
    _ outbox: BatchOutbox,
    isAgain: Bool
  ) throws {
    let (store, options) = (ingester.store, ingester.options)
    let file = try InputFile(
      path,
      store: store,
      isAgain: isAgain,
      maximumLineLength: options.maximumLineLength
    )
    now = store.now
    source = try file.open()
    lines = try LineBuffer(
      resumingAt: file.start,
      maximumLineLength: options.maximumLineLength
    )
    let header = ingester.header(of: Ingester.Input(name: path, isPipe: false))
    intake = LineIntake(options, header, outbox, checkpoint: file.checkpoint)
    try file.prepare(&intake, store)
  }

  /// Whether the file is shorter than what was read of it.
  func isTruncated(_ status: FileStatus) -> Bool {
    status.size < lines.next.offset + Int64(lines.pendingByteCount) && !source.isCompressed
  }

  /// Records all lines that are complete by now.
  func read() throws {
    while try lines.read(from: &source) > 0 {
      intake.receivedAt = now()
      lines.deliver(to: &intake)
    }
    intake.flush()
  }

  /// Records the rest: there will be no more.
  func end() {
    lines.finish(to: &intake)
    intake.finish()
  }

  /// Hands over what is complete; a later run goes on from there.
  func pause() {
    intake.flush()
  }
}
