import Foundation
import MCPSystem

/// A new directory that is removed with everything in it.
final class TemporaryDirectory {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/mcp-system-\(UUID().uuidString)"
    try FileSystem.createDirectories(path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Creates a file with a text, and returns its path.
  @discardableResult
  func write(_ text: String, to name: String) throws -> String {
    let file = try FileDescriptor.open("\(path)/\(name)", for: .creating)
    try file.write(all: Array(text.utf8).span)
    try file.close()
    return "\(path)/\(name)"
  }

  /// The text of a file.
  func text(of name: String) throws -> String {
    try readAll("\(path)/\(name)")
  }

  /// What is in the directory, hidden files included.
  var names: [String] {
    get throws { try FileSystem.names(in: path) }
  }
}

/// All of a file, as text.
func readAll(_ path: String) throws -> String {
  var file = try FileDescriptor.open(path, for: .reading)
  return try readAll(&file)
}

/// All that is still to come, as text.
func readAll(_ source: inout some ByteSource & ~Copyable) throws -> String {
  var bytes: [UInt8] = []
  while true {
    let chunk = try [UInt8](capacity: 4096) { output in try source.read(into: &output) }
    if chunk.isEmpty { return String(decoding: bytes, as: UTF8.self) }
    bytes += chunk
  }
}
