internal import Crypto
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// A file, known by its content, and where reading it goes on.
struct InputFile {
  /// How many of the first bytes of its content tell one file from another.
  static let prefixLength = 4096
  /// Up to where a cut last line is measured to know whether it has grown: 1 MiB.
  private static let mostUnfinished: Int64 = 1 << 20

  private let content: ContentFile
  private let maximumLineLength: Int
  private let knownPath: String?

  /// Where the first line begins that is not stored yet.
  let start: LineStart
  /// Whether all of it is stored.
  let isUnchanged: Bool
  /// The checkpoint that its batches are stored with; `nil` of a file without content, which
  /// cannot be known again.
  let checkpoint: FileCheckpoint?

  /// Looks at a file.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - store: Knows how far it was read before.
  ///   - isAgain: Whether that does not matter.
  ///   - isFollowed: Whether it may still be in the making: by less of its beginning than there
  ///     will be, a compressed file would be taken for a new one.
  ///   - maximumLineLength: The longest line that is parsed.
  /// - Throws: A `SystemError`, `GzipError` or ``StoreError``.
  init(
    _ path: String,
    store: AgentStore,
    isAgain: Bool,
    isFollowed: Bool = false,
    maximumLineLength: Int
  ) throws {
    let content = try ContentFile(path)
    self.content = content
    self.maximumLineLength = maximumLineLength
    let prefix = try content.beginning(Self.prefixLength, isPartial: !isFollowed)
    let known = isAgain ? nil : try Self.known(prefix, store)
    let rest = try known.flatMap { try Self.rest(of: content, behind: $0) }
    guard let known, let rest else {
      (knownPath, isUnchanged, start) = (nil, false, .beginning)
      var checkpoint = FileCheckpoint(path, prefix)
      checkpoint.expectation = isAgain || known != nil ? .anything : .nothing
      self.checkpoint = prefix.isEmpty ? nil : checkpoint
      return
    }
    knownPath = known.path
    checkpoint = FileCheckpoint(path, prefix, after: known)
    start = LineStart(
      number: known.coveredLines + 1,
      offset: known.coveredBytes + rest.terminatorLength
    )
    isUnchanged = !rest.isLonger(than: rest.terminatorLength + known.unfinishedBytes)
  }

  /// Lets an intake know what it needs of the lines that are stored already.
  func prepare(_ intake: inout LineIntake, _ store: AgentStore) throws {
    guard let offset = checkpoint?.agentOffset, start.offset > 0 else { return }
    intake.resume(try store.openCalls(ofSources: [content.path, knownPath ?? content.path]))
    var source = try content.open(at: offset)
    var lines = try LineBuffer(
      resumingAt: LineStart(number: 1, offset: offset),
      maximumLineLength: maximumLineLength
    )
    var primer = LinePrimer(intake, end: start.offset)
    while !primer.isDone, try lines.read(from: &source) > 0 { lines.deliver(to: &primer) }
    intake = primer.intake
  }

  /// Opens the file where reading goes on.
  ///
  /// What is written to an empty file meanwhile is left to the next reader, who can know the file.
  func open() throws -> InputSource {
    guard checkpoint != nil else {
      return try InputSource(FileDescriptor.open("/dev/null", for: .reading), isCompressed: false)
    }
    return try content.open(at: start.offset)
  }

  /// Whether its bytes are decompressed.
  var isCompressed: Bool { content.isCompressed }

  /// What the file system knows of the file.
  func status() throws(SystemError) -> FileStatus { try content.status() }

  // MARK: What was read before

  /// What stands behind the bytes that are stored.
  private struct Rest {
    /// The length of the terminator of a line that had none when it was read.
    let terminatorLength: Int64
    /// How many bytes there are, the terminator among them, as far as that was looked at.
    let count: Int64

    func isLonger(than length: Int64) -> Bool { count > length }
  }

  /// Looks at a file around the point up to which it is stored.
  ///
  /// - Returns: `nil` when the file is another one, or was cut short since.
  private static func rest(
    of content: ContentFile,
    behind known: FileCheckpoint
  ) throws -> Rest? {
    let length = min(Int64(LineTail.windowLength), known.coveredBytes)
    var source = try content.open(at: known.coveredBytes - length)
    let window = try source.read(atMost: Int(length))
    guard window.count == length else { return nil }
    let ending =
      length == 0
      ? .terminated : LineTail.check(window, length: known.tailLength, digest: known.tailDigest)
    guard let ending else { return nil }
    guard known.unfinishedBytes <= mostUnfinished else {
      return Rest(terminatorLength: 0, count: .max)
    }
    let rest = try source.read(atMost: Int(known.unfinishedBytes) + 3)
    let terminator = ending == .open ? rest.terminatorLength : 0
    return Rest(terminatorLength: terminator, count: Int64(rest.count))
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

extension FileCheckpoint {
  /// The checkpoint of a file of which nothing is stored, or nothing that counts.
  fileprivate init(_ path: String, _ prefix: [UInt8]) {
    self.init(
      prefixLength: prefix.count,
      prefixDigest: Array(SHA256.hash(data: prefix)),
      coveredBytes: 0,
      coveredLines: 0,
      path: path
    )
  }

  /// The checkpoint of a file that is known, under its name of now and by all of its beginning.
  fileprivate init(_ path: String, _ prefix: [UInt8], after known: FileCheckpoint) {
    self.init(path, prefix)
    coveredBytes = known.coveredBytes
    coveredLines = known.coveredLines
    unfinishedBytes = known.unfinishedBytes
    (tailLength, tailDigest) = (known.tailLength, known.tailDigest)
    agentOffset = known.agentOffset
    expectation = .coveredBytes(known.coveredBytes)
    guard known.prefixLength != prefixLength else { return }
    (formerPrefixLength, formerPrefixDigest) = (known.prefixLength, known.prefixDigest)
  }
}

extension [UInt8] {
  /// The length of the line's end that the bytes begin with.
  fileprivate var terminatorLength: Int64 {
    if first == UInt8(ascii: "\n") { return 1 }
    return starts(with: [UInt8(ascii: "\r"), UInt8(ascii: "\n")]) ? 2 : 0
  }
}
