import Foundation

/// Another program that reads or writes gzip data.
struct SecondReader {
  struct Outcome {
    let status: Int32
    let output: [UInt8]
  }

  let arguments: [String]

  /// Whether the program is on this machine.
  static func isInstalled(_ name: String) -> Bool {
    ["/bin", "/usr/bin", "/usr/local/bin"].contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
    }
  }

  /// Runs the program with the name of a file that holds `bytes` as last argument.
  func run(on bytes: [UInt8]) throws -> Outcome {
    let name = "mcp-gzip-\(UUID().uuidString).gz"
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(name)
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments + [file.path]
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Outcome(status: process.terminationStatus, output: Array(output))
  }
}
