internal import MCPGzip
internal import MCPSystem

/// The end of the line: bytes are compressed if they are to be, and go to a file or a pipe.
struct ArchiveOutput: ~Copyable {
  private var gzip: GzipWriter?
  private var file: AtomicFile?
  private let isReplacing: Bool

  private init(gzip: consuming GzipWriter?, file: consuming AtomicFile?, isReplacing: Bool) {
    self.gzip = gzip
    self.file = file
    self.isReplacing = isReplacing
  }

  /// Opens the output.
  ///
  /// - Parameters:
  ///   - destination: Where the bytes go.
  ///   - request: Whether and how they are compressed.
  /// - Returns: The output.
  /// - Throws: An ``ArchiveError`` when there can be no such file, a `GzipError` when there is no memory.
  static func open(
    _ destination: ArchiveDestination,
    _ request: ArchiveRequest
  ) throws -> ArchiveOutput {
    let gzip = try gzip(request)
    return ArchiveOutput(
      gzip: gzip,
      file: try file(destination),
      isReplacing: destination.isReplacing
    )
  }

  private static func file(
    _ destination: ArchiveDestination
  ) throws(ArchiveError) -> AtomicFile? {
    guard case .file(let path, _) = destination else { return nil }
    do throws(SystemError) {
      return try AtomicFile(for: path)
    } catch {
      throw ArchiveError(
        .cannotCreate,
        "cannot create \(path): \(error.reason); name a file in a directory that can be written"
      )
    }
  }

  private static func gzip(_ request: ArchiveRequest) throws(GzipError) -> GzipWriter? {
    guard request.layout.isCompressed else { return nil }
    return try GzipWriter(level: request.level, threads: request.threadCount)
  }

  /// Adds bytes.
  mutating func write(_ bytes: Span<UInt8>) throws(SystemError) {
    guard var gzip = gzip.take() else { return try pass(bytes) }
    try gzip.write(bytes) { (output: Span<UInt8>) throws(SystemError) in try pass(output) }
    self.gzip = consume gzip
  }

  /// Ends the stream; a file gets its name.
  consuming func finish() throws(SystemError) {
    if let gzip = gzip.take() {
      try gzip.finish { (output: Span<UInt8>) throws(SystemError) in try pass(output) }
    }
    if let file = file.take() { try file.commit(replacing: isReplacing) }
  }

  private mutating func pass(_ bytes: Span<UInt8>) throws(SystemError) {
    if file == nil {
      try BorrowedDescriptor.standardOutput.write(all: bytes)
    } else {
      try file?.write(bytes)
    }
  }
}

extension ArchiveDestination {
  fileprivate var isReplacing: Bool {
    switch self {
    case .standardOutput: false
    case .file(_, let isReplacing): isReplacing
    }
  }
}
