internal import MCPGzip
internal import MCPSystem

/// An open file whose content, decompressed, can be read from any point, again and again.
///
/// It stays the same file when its name comes to stand for another one.
final class ContentFile {
  /// The name that it was opened by.
  let path: String
  /// Whether its bytes are decompressed.
  let isCompressed: Bool

  private let file: FileDescriptor

  /// Opens a file.
  ///
  /// - Throws: A `SystemError` when it cannot be read.
  init(_ path: String) throws(SystemError) {
    self.path = path
    let file = try FileDescriptor.open(path, for: .reading)
    let descriptor = BorrowedDescriptor(number: file.number)
    let magic = try [UInt8](capacity: 2) { output throws(SystemError) in
      try descriptor.read(at: 0, into: &output)
    }
    isCompressed = Inflater.isGzip(magic.span)
    self.file = file
  }

  /// What the file system knows of it.
  func status() throws(SystemError) -> FileStatus { try file.status() }

  /// Reads on from a point, whatever else is read of the file meanwhile.
  ///
  /// - Throws: A `SystemError` or `GzipError`.
  func open(at offset: Int64) throws -> InputSource {
    let start = isCompressed ? 0 : offset
    var source = try InputSource(file.duplicate(), isCompressed: isCompressed, at: start)
    if isCompressed { try source.skip(offset) }
    return source
  }

  /// The first bytes.
  ///
  /// - Parameters:
  ///   - count: How many, if there are so many.
  ///   - isPartial: Whether those in front of damage are enough.
  /// - Returns: The bytes.
  /// - Throws: A `SystemError` or `GzipError`.
  func beginning(_ count: Int, isPartial: Bool) throws -> [UInt8] {
    var source = try open(at: 0)
    return try [UInt8](capacity: count) { output in
      var before = -1
      while output.count > before, !output.isFull {
        before = output.count
        do { try source.read(into: &output) } catch  where isPartial && output.count > 0 { return }
      }
    }
  }
}

extension InputSource {
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
