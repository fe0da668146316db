internal import Crypto
internal import Logging
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Stores what a spill file holds, from where its last commit ended.
struct SpillReplay {
  let store: AgentStore
  let options: IngestOptions

  /// Stores a file's lines and deletes it; one that is damaged is put aside instead.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - outbox: The way to the database.
  /// - Returns: Whether all of it is stored, or somebody else is at it.
  /// - Throws: A `SystemError` when the file cannot be read, or a ``StoreError``.
  func run(_ path: String, _ outbox: BatchOutbox) throws -> Bool {
    guard try FileStatus.of(path) != nil else { return true }
    var file = try FileDescriptor.open(path, for: .reading)
    guard try file.tryLock(.exclusive) else { return true }
    guard let (header, headerLength) = try Self.header(of: file) else {
      try putAside(path)
      return true
    }
    let base = Self.checkpoint(header, headerLength, path)
    let known = try store.checkpoint(prefixLength: base.prefixLength, digest: base.prefixDigest)
    let start = known?.coveredBytes ?? 0
    try file.seek(to: start)
    var lines = try LineBuffer(
      resumingAt: LineStart(number: 1, offset: start),
      maximumLineLength: Self.longestLine
    )
    var intake = LineIntake(options, header, outbox, checkpoint: base)
    intake.remember(try store.newestOpenCalls())
    var reader = SpillReader(intake, isAtStart: start == 0)
    while try lines.read(from: &file) > 0 {
      lines.deliver(to: &reader)
      if reader.intake.isHeldUp { return false }
    }
    reader.intake.flush()
    outbox.waitUntilIdle()
    guard !reader.intake.isHeldUp, outbox.isIdle else { return false }
    // Whoever stored it may have been killed before it was on the disk.
    try store.syncLog()
    if reader.isDamaged { try putAside(path) } else { _ = try FileSystem.removeIfPresent(path) }
    return true
  }

  private func putAside(_ path: String) throws(SystemError) {
    options.logger.warning("\(path) is damaged: it is kept as \(path).unreadable")
    try SpillFolder.putAside(path)
  }

  /// Longer than any line that a recorder may have been told to parse.
  private static let longestLine = (1 << 30) + 4096

  /// How the lines of a file are to be recorded; `nil` when it is gone, or no spill file.
  static func header(of path: String) throws(SystemError) -> SpillHeader? {
    guard try FileStatus.of(path) != nil else { return nil }
    return try header(of: try FileDescriptor.open(path, for: .reading))?.0
  }

  /// How the lines of a file are recorded; `nil` when it is no spill file.
  static func header(
    of file: borrowing FileDescriptor
  ) throws(SystemError) -> (SpillHeader, length: Int)? {
    // Labels may be long.
    for size in [64 << 10, 16 << 20] {
      let bytes = try [UInt8](capacity: size) { output throws(SystemError) in
        try file.read(at: 0, into: &output)
      }
      guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { continue }
      return SpillHeader(bytes.span.extracting(0..<end)).map { ($0, end + 1) }
    }
    return nil
  }

  private static func checkpoint(
    _ header: SpillHeader,
    _ length: Int,
    _ path: String
  ) -> FileCheckpoint {
    FileCheckpoint(
      prefixLength: length,
      prefixDigest: Array(SHA256.hash(data: Array(header.line.utf8))),
      coveredBytes: 0,
      coveredLines: 0,
      path: path
    )
  }
}
