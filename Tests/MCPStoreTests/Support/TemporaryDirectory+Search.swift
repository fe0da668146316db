import MCPSystem
import MCPTestSupport

extension TemporaryDirectory {
  /// Whether any file below the directory holds the bytes of `text`.
  func contains(_ text: String) throws -> Bool {
    let needle = Array(text.utf8)
    return try FileSystem.files(below: path).files.contains { path in
      let haystack = try bytes(of: path)
      return haystack.firstRange(of: needle) != nil
    }
  }

  /// The content of a file.
  func bytes(of path: String) throws -> [UInt8] {
    let size = try FileStatus.of(path)?.size ?? 0
    let file = try FileDescriptor.open(path, for: .reading)
    var bytes: [UInt8] = []
    while bytes.count < size {
      let part = try [UInt8](capacity: 1 << 20) { output in
        try file.read(at: Int64(bytes.count), into: &output)
      }
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }
}
