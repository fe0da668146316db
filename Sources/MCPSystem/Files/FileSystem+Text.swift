extension FileSystem {
  /// The longest text that ``text(of:)`` reads: 1 MiB.
  private static let maximumTextLength = 1 << 20

  /// The content of a small text file, at most its first MiB.
  ///
  /// - Parameter path: The file.
  /// - Returns: Its text; bytes that are no UTF-8 are replaced.
  /// - Throws: A `SystemError` that names the file.
  package static func text(of path: String) throws(SystemError) -> String {
    let file = try FileDescriptor.open(path, for: .reading)
    let size = Int(clamping: try file.status().size)
    let capacity = min(max(size, 4096), maximumTextLength)
    let bytes = try [UInt8](capacity: capacity) { output throws(SystemError) in
      var before = -1
      while output.count > before, !output.isFull {
        before = output.count
        try file.read(into: &output)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
