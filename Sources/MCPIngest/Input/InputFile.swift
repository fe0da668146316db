internal import Crypto
internal import MCPEvents
internal import MCPGzip
internal import MCPStore
internal import MCPSystem

/// A file, known by its content, and where reading it goes on.
struct InputFile {
  /// How many of the first bytes of its content tell one file from another.
  private static let prefixLength = 4096
  /// Up to where a cut last line is measured to know whether it has grown: 1 MiB.
  private static let mostUnfinished: Int64 = 1 << 20

  private let path: String
  private let maximumLineLength: Int
  private let knownPath: String?
  private let isCompressed: Bool

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
  ///   - maximumLineLength: The longest line that is parsed.
  /// - Throws: A `SystemError`, `GzipError` or ``StoreError``.
  init(_ path: String, store: AgentStore, isAgain: Bool, maximumLineLength: Int) throws {
    self.path = path
    self.maximumLineLength = maximumLineLength
    let prefix = try Self.content(of: path)
    isCompressed = prefix.isCompressed
    let known = isAgain ? nil : try Self.known(prefix.bytes, store)
    let rest = try known.flatMap { try Self.rest(of: path, prefix.isCompressed, behind: $0) }
    guard let known, let rest else {
      (knownPath, isUnchanged, start) = (nil, false, .beginning)
      var checkpoint = FileCheckpoint(path, prefix.bytes)
      checkpoint.expectation = isAgain || known != nil ? .anything : .nothing
      self.checkpoint = prefix.bytes.isEmpty ? nil : checkpoint
      return
    }
    knownPath = known.path
    checkpoint = FileCheckpoint(path, prefix.bytes, after: known)
    start = LineStart(
      number: known.coveredLines + 1,
      offset: known.coveredBytes + rest.terminatorLength
    )
    isUnchanged = !rest.isLonger(than: rest.terminatorLength + known.unfinishedBytes)
  }

  /// Lets an intake know what it needs of the lines that are stored already.
  func prepare(_ intake: inout LineIntake, _ store: AgentStore) throws {
    guard let offset = checkpoint?.agentOffset, start.offset > 0 else { return }
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
  ///
  /// What is written to an empty file meanwhile is left to the next reader, who can know the file.
  func open() throws -> InputSource {
    guard checkpoint != nil else {
      return try InputSource(FileDescriptor.open("/dev/null", for: .reading), isCompressed: false)
    }
    return try open(at: start.offset)
  }

  private func open(at offset: Int64) throws -> InputSource {
    try Self.open(path, isCompressed, at: offset)
  }

  private static func open(
    _ path: String,
    _ isCompressed: Bool,
    at offset: Int64
  ) throws -> InputSource {
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
    var source = try open(path, isCompressed, at: 0)
    return try source.readPrefix(count)
  }

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
    of path: String,
    _ isCompressed: Bool,
    behind known: FileCheckpoint
  ) throws -> Rest? {
    let length = min(Int64(LineTail.windowLength), known.coveredBytes)
    var source = try open(path, isCompressed, at: known.coveredBytes - length)
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

extension InputSource {
  /// Reads so many bytes, or all that can be read; an error counts only if there are none.
  mutating func readPrefix(_ count: Int) throws -> [UInt8] {
    try [UInt8](capacity: count) { output in
      var before = -1
      while output.count > before, !output.isFull {
        before = output.count
        do { try read(into: &output) } catch  where output.count > 0 { return }
      }
    }
  }

  /// Reads so many bytes, or all there are.
  mutating func read(atMost count: Int) throws -> [UInt8] {
    try [UInt8](capacity: count) { output in
      var before = -1
      while output.count > before, !output.isFull {
        before = output.count
        try read(into: &output)
      }
    }
  }

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
