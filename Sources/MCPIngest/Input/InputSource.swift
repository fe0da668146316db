internal import MCPGzip
internal import MCPSystem

/// A stream of lines: standard input, or a file that may be compressed.
struct InputSource: ~Copyable, ByteSource {
  private enum Origin: ~Copyable {
    case borrowed(BorrowedDescriptor)
    case owned(FileDescriptor)
  }

  private let origin: Origin
  /// Where reading a file goes on; a pipe has no such place.
  ///
  /// Duplicates of a descriptor share the place that the system keeps, so that each source keeps
  /// its own.
  private var position: Int64?
  private var decompression: GzipReader?

  /// How many bytes were read of the descriptor.
  private(set) var bytesRead: Int64 = 0

  /// Reads a descriptor that stays open.
  init(_ descriptor: BorrowedDescriptor) {
    origin = .borrowed(descriptor)
    decompression = nil
  }

  /// Reads an open file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - isCompressed: Whether its bytes are decompressed.
  ///   - position: Where reading begins; `nil` for a pipe.
  /// - Throws: A `GzipError` when there is no memory.
  init(_ file: consuming FileDescriptor, isCompressed: Bool, at position: Int64? = nil) throws {
    origin = .owned(file)
    self.position = position
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
    var (position, added) = (position, 0)
    defer {
      self.position = position
      bytesRead += Int64(added)
    }
    guard decompression != nil else {
      return try descriptor.read(movingOn: &position, into: &output, &added)
    }
    try decompression?.read(into: &output) { buffer in
      try descriptor.read(movingOn: &position, into: &buffer, &added)
    }
  }

  private var number: CInt {
    switch origin {
    case .borrowed(let descriptor): descriptor.number
    case .owned(let file): file.number
    }
  }
}

extension BorrowedDescriptor {
  /// Reads at a position, and moves it behind what was read; without one, reads what comes next.
  fileprivate func read(
    movingOn position: inout Int64?,
    into output: inout OutputSpan<UInt8>,
    _ added: inout Int
  ) throws(SystemError) {
    let before = output.count
    if let start = position {
      try read(at: start, into: &output)
      position = start + Int64(output.count - before)
    } else {
      try read(into: &output)
    }
    added += output.count - before
  }
}
