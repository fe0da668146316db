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

  /// How many bytes were read of the descriptor.
  private(set) var bytesRead: Int64 = 0

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

  /// Bytes of the file as they are stored, wherever reading stands; fewer at its end.
  func bytes(at offset: Int64, _ count: Int) throws(SystemError) -> [UInt8] {
    let descriptor = BorrowedDescriptor(number: number)
    return try [UInt8](capacity: count) { output throws(SystemError) in
      try descriptor.read(at: offset, into: &output)
    }
  }

  mutating func read(into output: inout OutputSpan<UInt8>) throws {
    let descriptor = BorrowedDescriptor(number: number)
    var added = 0
    defer { bytesRead += Int64(added) }
    guard decompression != nil else {
      return try Self.read(descriptor, into: &output, &added)
    }
    try decompression?.read(into: &output) { buffer in
      try Self.read(descriptor, into: &buffer, &added)
    }
  }

  private var number: CInt {
    switch origin {
    case .borrowed(let descriptor): descriptor.number
    case .owned(let file): file.number
    }
  }

  private static func read(
    _ descriptor: BorrowedDescriptor,
    into output: inout OutputSpan<UInt8>,
    _ added: inout Int
  ) throws(SystemError) {
    let before = output.count
    try descriptor.read(into: &output)
    added += output.count - before
  }
}
