internal import MCPEvents
internal import MCPStore
internal import MCPSystem

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

  /// Its name when it was opened.
  let path: String

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
    self.path = path
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
