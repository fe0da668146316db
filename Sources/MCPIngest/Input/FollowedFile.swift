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

  private var source: GrowingSource
  private var lines: LineBuffer
  private var intake: LineIntake
  private let now: @Sendable () -> UnixTime
  private var knownLength: Int
  /// What the file system knew of the file when its content was last looked at.
  private var status: FileStatus?

  /// Which file it is, whatever its name stands for by now.
  let identity: Identity

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
      isFollowed: true,
      maximumLineLength: options.maximumLineLength
    )
    self.path = path
    identity = Identity(try file.status())
    now = store.now
    knownLength = file.checkpoint?.prefixLength ?? 0
    source = try GrowingSource(try file.open(), at: file.start.offset)
    lines = try LineBuffer(
      resumingAt: file.start,
      maximumLineLength: options.maximumLineLength
    )
    let header = SpillHeader(Ingester.Input(name: path, isPipe: false), options)
    intake = LineIntake(options, header, outbox, checkpoint: file.checkpoint)
    try file.prepare(&intake, store)
  }

  /// Whether the file holds something else by now where it was read already.
  ///
  /// - Parameter status: What the file system knows of it now.
  /// - Returns: Whether it was cut short, even if it has grown again since.
  /// - Throws: A `SystemError` when it cannot be read.
  func isTruncated(_ status: FileStatus) throws(SystemError) -> Bool {
    guard !source.isCompressed else { return false }
    guard status.size >= offset else { return true }
    // The clock of a file system ticks slowly: two changes may have the same time.
    let isSettled = now().milliseconds - status.modifiedAtNanoseconds / 1_000_000 > 1000
    if isSettled, status == self.status { return false }
    self.status = status
    let beginning = try source.beginning(knownLength)
    return try !source.hasKept() || !intake.isKnown(by: beginning)
  }

  /// Up to where the file was read.
  var offset: Int64 { lines.next.offset + Int64(lines.pendingByteCount) }

  /// Records all lines that are complete by now.
  func read() throws {
    while try lines.read(from: &source) > 0 {
      intake.receivedAt = now()
      lines.deliver(to: &intake)
    }
    try identify()
    intake.flush()
  }

  /// Files may begin alike: the longer the beginning, the surer they are told apart.
  private func identify() throws(SystemError) {
    guard !source.isCompressed, knownLength < InputFile.prefixLength,
      lines.next.offset > Int64(knownLength)
    else { return }
    let beginning = try source.beginning(InputFile.prefixLength)
    knownLength = beginning.count
    intake.identify(beginning)
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
