import Foundation
import MCPEvents
import Testing

/// The captures beside the project, which are not part of it.
enum Samples {
  /// The folder, if it is there.
  static let folder: URL? = {
    var url = URL(filePath: #filePath)
    while url.path().count > 1 {
      url.deleteLastPathComponent()
      let candidate = url.appending(path: "../shared/formats/samples").standardized
      if FileManager.default.fileExists(atPath: candidate.path()) { return candidate }
    }
    return nil
  }()

  /// All captures, as paths below the folder; one that says so where there are none.
  static let names: [String] = {
    guard let folder, let files = FileManager.default.enumerator(atPath: folder.path()) else {
      return []
    }
    return files.compactMap { $0 as? String }.filter { $0.hasSuffix(".jsonl") }.sorted()
  }()

  /// The lines of a capture, without blank ones.
  static func lines(of name: String) throws -> [[UInt8]] {
    let folder = try #require(folder)
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name)))
    return bytes.split(separator: 0x0A).map(Array.init).filter { line in
      line.contains { $0 != 0x20 && $0 != 0x0D }
    }
  }

  /// What is recorded of a capture.
  static func recording(of name: String) throws -> Recording {
    var recording = Recording()
    for line in try lines(of: name) { recording.consume(line) }
    recording.finish()
    return recording
  }

  /// What a plain reading of the captures found, by capture.
  static func expectations() throws -> [String: [Expectation]] {
    let folder = try #require(folder)
    let data = try Data(contentsOf: folder.appending(path: "EXPECTED.json"))
    return try JSONDecoder().decode([String: [Expectation]].self, from: data)
  }

  /// One call as a plain reading found it.
  struct Expectation: Decodable {
    var call: String
    var tool: String
    var server: String?
    var mcpTool: String?
    var outcome: String
    var error: String?
    var parent: String?
    var exitCode: Int64?
    var duration: Double?
    var errorType: String?
    var task: String?

    enum CodingKeys: String, CodingKey {
      case outcome
      case call = "call_id"
      case tool = "tool_name"
      case server = "server_name"
      case mcpTool = "mcp_tool"
      case error = "error_message"
      case parent = "parent_call_id"
      case exitCode = "exit_code"
      case duration = "duration_ms"
      case errorType = "error_type"
      case task = "task_id"
    }
  }
}
