import Foundation
import Testing

/// The programs that tests of `tap` talk through it with.
enum TapPrograms {
  private static let folder =
    URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .path + "/Tools/test-support/mcp"

  /// A Python with the MCP SDK; nil where it is not there and cannot be fetched.
  static let python: String? = {
    let run = try? QueryRun(folder + "/python", [])
    return run?.status == 0 ? run?.lines.last : nil
  }()

  /// The environment in which scripts find them: `$SDK`, `$CLIENT`, `$SERVER` and `$RAW`.
  static var environment: [String: String] {
    [
      "SDK": python ?? "", "CLIENT": "\(folder)/client.py", "SERVER": "\(folder)/server.py",
      "RAW": "python3 \(folder)/raw_server.py",
    ]
  }
}

extension Recording {
  /// Runs a line of the shell that has the programs.
  func tap(_ line: String) throws -> QueryRun {
    try shell(line, environment: TapPrograms.environment)
  }
}

/// Messages to a server, a line each.
enum TapMessages {
  /// A call of a tool.
  static func call(_ id: Int, _ arguments: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"echo","arguments":\#(arguments)}}"#
  }
}
