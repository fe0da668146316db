internal import MCPGzip
internal import MCPSystem

/// A stream of lines: standard input, or a file that may be compressed.
struct InputSource: ~Copyable, ByteSource {
  private enum Origin: ~Copyable {
    case borrowed(BorrowedDescriptor)
    case owned(FileDescriptor)
  }

  private let origin: Origin
  private var decompression: GzipReader?

  /// Reads a descriptor that stays open.
  init(_ descriptor: BorrowedDescriptor) {
    origin = .borrowed(descriptor)
    decompression = nil
  }

  /// Reads an open file from where it stands, decompressed if it begins like gzip data.
  ///
  /// - Throws: A `GzipError` when there is no memory.
  init(_ file: consuming FileDescriptor, isCompressed: Bool) throws {
    origin = .owned(file)
    decompression = isCompressed ? try GzipReader() : nil
  }

  /// Whether the bytes are decompressed.
  var isCompressed: Bool { decompression != nil }

  /// Adds the descriptor to those that a poller waits for.
  func watch(with poller: inout Poller) -> Poller.Watch {
    switch origin {
    case .borrowed(let descriptor): poller.watch(descriptor, for: .input)
    case .owned(let file): poller.watch(file, for: .input)
    }
  }

  /// The first bytes of a file that is not compressed.
  func beginning(_ count: Int) throws(SystemError) -> [UInt8] {
    let descriptor = BorrowedDescriptor(number: number)
    return try [UInt8](capacity: count) { output throws(SystemError) in
      try descriptor.read(at: 0, into: &output)
    }
  }

  mutating func read(into output: inout OutputSpan<UInt8>) throws {
    guard decompression != nil else { return try readPlain(into: &output) }
    let descriptor = BorrowedDescriptor(number: number)
    try decompression?.read(into: &output) { buffer in try descriptor.read(into: &buffer) }
  }

  private var number: CInt {
    switch origin {
    case .borrowed(let descriptor): descriptor.number
    case .owned(let file): file.number
    }
  }

  private func readPlain(into output: inout OutputSpan<UInt8>) throws(SystemError) {
    try BorrowedDescriptor(number: number).read(into: &output)
  }
}
