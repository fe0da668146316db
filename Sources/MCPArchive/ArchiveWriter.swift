internal import Crypto
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Lays the records of an archive out, and computes its digests.
struct ArchiveWriter: ~Copyable {
  /// The parts of an archive between its header and its summary, in their order.
  enum Section: String {
    case instances, relationships
    case issues = "github_issues"
    case runs, events

    /// Whether the content digest is of its lines.
    var isContent: Bool {
      switch self {
      case .instances, .relationships, .events: true
      case .issues, .runs: false
      }
    }
  }

  private var output: ArchiveOutput
  private let framing: ArchiveLayout.Framing
  private var section: Section?
  private var isFirst = true

  private var pending: [UInt8] = []
  private var digest = SHA256()
  private var pendingContent: [UInt8] = []
  private var contentDigest = SHA256()

  /// So many bytes are hashed and handed on at once.
  private static let chunkSize = 128 * 1024

  init(_ output: consuming ArchiveOutput, framing: ArchiveLayout.Framing) {
    self.output = output
    self.framing = framing
    pending.reserveCapacity(2 * Self.chunkSize)
    pendingContent.reserveCapacity(2 * Self.chunkSize)
  }

  /// Writes the header.
  mutating func begin(_ header: ArchiveHeader) {
    switch framing {
    case .lines: pending.append(contentsOf: (header.line + "\n").utf8)
    case .document: pending.append(contentsOf: "{\"archive\":\(header.line)".utf8)
    }
  }

  /// Begins a section, which ends the one before.
  mutating func begin(_ next: Section) {
    if framing == .document {
      if section != nil { pending.append("\n]") }
      pending.append(contentsOf: ",\n\"\(next.rawValue)\":[".utf8)
    }
    section = next
    isFirst = true
  }

  /// Adds the line of a record to the section.
  mutating func append(_ line: Span<UInt8>) throws(SystemError) {
    switch framing {
    case .lines:
      pending.append(copying: line)
      pending.append(UInt8(ascii: "\n"))
    case .document:
      pending.append(isFirst ? "\n" : ",\n")
      pending.append(copying: line)
    }
    isFirst = false
    if section?.isContent == true {
      pendingContent.append(copying: line)
      pendingContent.append(UInt8(ascii: "\n"))
      if pendingContent.count >= Self.chunkSize { hashContent() }
    }
    if pending.count >= Self.chunkSize { try flush() }
  }

  /// Writes the summary and ends the archive.
  ///
  /// - Parameter summary: The counts.
  /// - Returns: The summary with its digests.
  /// - Throws: A `SystemError`; there is no archive then.
  consuming func finish(_ summary: ArchiveSummary) throws(SystemError) -> ArchiveSummary {
    var summary = summary
    if framing == .document { pending.append(section == nil ? ",\n" : "\n],\n") }
    hashContent()
    try flush()
    summary.contentDigest = HexadecimalText.of(contentDigest.finalize())
    summary.digest = HexadecimalText.of(digest.finalize())
    switch framing {
    case .lines: pending.append(contentsOf: (summary.line + "\n").utf8)
    case .document: pending.append(contentsOf: "\"summary\":\(summary.line)}\n".utf8)
    }
    try flush()
    try output.finish()
    return summary
  }

  private mutating func hashContent() {
    contentDigest.update(data: pendingContent)
    pendingContent.removeAll(keepingCapacity: pendingContent.capacity <= Self.keptCapacity)
  }

  private mutating func flush() throws(SystemError) {
    // Taken out, so that the output may change while they are read.
    var bytes: [UInt8] = []
    swap(&bytes, &pending)
    digest.update(data: bytes)
    try output.write(bytes.span)
    bytes.removeAll(keepingCapacity: bytes.capacity <= Self.keptCapacity)
    swap(&bytes, &pending)
  }

  /// A huge line's memory is given back.
  private static let keptCapacity = 4 << 20
}
