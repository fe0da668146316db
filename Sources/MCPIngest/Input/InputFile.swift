internal import Crypto
internal import MCPEvents
internal import MCPGzip
internal import MCPStore
internal import MCPSystem

/// A file, known by its content, and where reading it goes on.
struct InputFile {
  /// How many of the first bytes of its content tell one file from another.
  private static let prefixLength = 4096

  private let path: String
  private let maximumLineLength: Int
  private let knownPath: String?
  private let isCompressed: Bool

  /// Where the first line begins that is not stored yet.
  let start: LineStart
  /// Whether all of it is stored.
  let isUnchanged: Bool
  /// The checkpoint that its batches are stored with.
  let checkpoint: FileCheckpoint

  /// Looks at a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - store: Knows how far it was read before.
  ///   - isAgain: Whether that does not matter.
  ///   - maximumLineLength: The longest line that is parsed.
  /// - Throws: A `SystemError`, `GzipError` or ``StoreError``.
  init(_ path: String, store: AgentStore, isAgain: Bool, maximumLineLength: Int) throws {
    self.path = path
    self.maximumLineLength = maximumLineLength
    let prefix = try Self.content(of: path)
    isCompressed = prefix.isCompressed
    let known = isAgain ? nil : try Self.known(prefix.bytes, store)
    knownPath = known?.path
    let digest = Array(SHA256.hash(data: prefix.bytes))
    checkpoint = FileCheckpoint(
      prefixLength: prefix.bytes.count,
      prefixDigest: digest,
      coveredBytes: known?.coveredBytes ?? 0,
      coveredLines: known?.coveredLines ?? 0,
      agentOffset: known?.agentOffset,
      path: path
    )
    start = LineStart(
      number: (known?.coveredLines ?? 0) + 1,
      offset: known?.coveredBytes ?? 0
    )
    let size = try FileStatus.of(path)?.size
    let seen = known.map { $0.coveredBytes + $0.unfinishedBytes }
    isUnchanged = seen != nil && !isCompressed && size ?? 0 <= seen ?? 0
  }

  /// Lets an intake know what it needs of the lines that are stored already.
  func prepare(_ intake: inout LineIntake, _ store: AgentStore) throws {
    guard let offset = checkpoint.agentOffset, start.offset > 0 else { return }
    intake.resume(try store.openCalls(ofSources: [path, knownPath ?? path]))
    var source = try open(at: offset)
    var lines = try LineBuffer(
      resumingAt: LineStart(number: 1, offset: offset),
      maximumLineLength: maximumLineLength
    )
    var primer = LinePrimer(intake, end: start.offset)
    while !primer.isDone, try lines.read(from: &source) > 0 { lines.deliver(to: &primer) }
    intake = primer.intake
  }

  /// Opens the file where reading goes on.
  func open() throws -> InputSource { try open(at: start.offset) }

  private func open(at offset: Int64) throws -> InputSource {
    let file = try FileDescriptor.open(path, for: .reading)
    guard isCompressed else {
      try file.seek(to: offset)
      return try InputSource(file, isCompressed: false)
    }
    var source = try InputSource(file, isCompressed: true)
    try source.skip(offset)
    return source
  }

  /// The first bytes of the content, decompressed.
  private static func content(of path: String) throws -> (bytes: [UInt8], isCompressed: Bool) {
    let magic = try read(2, of: path, isCompressed: false)
    let isCompressed = Inflater.isGzip(magic.span)
    return (try read(prefixLength, of: path, isCompressed: isCompressed), isCompressed)
  }

  private static func read(
    _ count: Int,
    of path: String,
    isCompressed: Bool
  ) throws -> [UInt8] {
    let file = try FileDescriptor.open(path, for: .reading)
    var source = try InputSource(file, isCompressed: isCompressed)
    return try [UInt8](capacity: count) { output in
      var before = -1
      while output.count > before, !output.isFull {
        before = output.count
        try source.read(into: &output)
      }
    }
  }

  /// The checkpoint of the longest beginning that is known.
  private static func known(_ prefix: [UInt8], _ store: AgentStore) throws -> FileCheckpoint? {
    for length in try store.checkpointPrefixLengths() where length <= prefix.count && length > 0 {
      let digest = Array(SHA256.hash(data: prefix[..<length]))
      if let checkpoint = try store.checkpoint(prefixLength: length, digest: digest) {
        return checkpoint
      }
    }
    return nil
  }
}

extension InputSource {
  /// Reads and forgets the first bytes.
  mutating func skip(_ count: Int64) throws {
    var rest = count
    while rest > 0 {
      let size = Int(min(rest, 64 * 1024))
      let skipped = try [UInt8](capacity: size) { output in try read(into: &output) }.count
      guard skipped > 0 else { return }
      rest -= Int64(skipped)
    }
  }
}
