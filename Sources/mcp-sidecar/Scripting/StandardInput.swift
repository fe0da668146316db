internal import MCPCommandLine
internal import MCPSystem

/// Whole inputs of a command that is no recorder: a value, or a list of issues.
enum StandardInput {
  /// Reads a file, or standard input for `-`, to its end.
  static func content(of path: String, atMost limit: Int) throws -> [UInt8] {
    guard path != "-" else { return try read(BorrowedDescriptor.standardInput, path, limit) }
    return try read(FileDescriptor.open(path, for: .reading), path, limit)
  }

  private static func read<Source: ByteSource & ~Copyable>(
    _ source: consuming Source,
    _ path: String,
    _ limit: Int
  ) throws -> [UInt8] {
    var source = source
    var content: [UInt8] = []
    while true {
      let part = try [UInt8](capacity: 1 << 16) { (output) throws in
        try source.read(into: &output)
      }
      if part.isEmpty { return content }
      content += part
      guard content.count <= limit else {
        throw CommandError(.badData, "\(path) is longer than \(limit) bytes")
      }
    }
  }

  /// Reads one value: standard input without the line break at its end.
  static func value() throws -> String {
    var bytes = try content(of: "-", atMost: 1 << 20)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    guard let value = String(validating: bytes, as: UTF8.self) else {
      throw CommandError(.badData, "the value on standard input is not UTF-8")
    }
    return value
  }
}
