import Foundation
import Testing

/// A folder with a database that tests record into.
final class IngestFolder {
  private let directory: TestDirectory

  var path: String { directory.path }
  var database: String { path + "/events.db" }

  init() throws {
    directory = try TestDirectory()
  }

  /// Writes a file.
  @discardableResult
  func write(_ name: String, _ content: Data) throws -> String {
    let file = path + "/" + name
    try content.write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  func write(_ name: String, _ content: String) throws -> String {
    try write(name, Data(content.utf8))
  }

  /// Runs the recorder to its end; what it says last is its summary in JSON.
  @discardableResult
  func record(_ arguments: [String] = [], _ input: Data = Data()) throws -> IngestRun {
    let words = ["--db", database, "--summary", "json"] + arguments
    return IngestRun(try QueryRun("mcp-sidecar", words, input: input))
  }

  @discardableResult
  func record(_ arguments: [String] = [], text: String) throws -> IngestRun {
    try record(arguments, Data(text.utf8))
  }

  /// Runs a line of the shell in which `$DB` is the database and `$IN` the folder.
  func shell(_ line: String) throws -> QueryRun {
    try QueryRun(shell: line, environment: ["DB": database, "IN": path])
  }

  /// Asks the database with Python's SQLite, as another program would.
  ///
  /// - Returns: The rows; blobs come in hexadecimal digits, NULL as `nil`.
  func rows(_ sql: String) throws -> [[String?]] {
    let program = """
      import sqlite3
      database = sqlite3.connect(sys.argv[1], timeout=20)
      text = lambda value: value.hex() if isinstance(value, bytes) else str(value)
      print(json.dumps([[None if value is None else text(value) for value in row]
                        for row in database.execute(sys.argv[2])]))
      """
    let run = try QueryRun(python: program, [database, sql])
    try #require(run.status == 0, "\(run.messages)")
    return try JSONDecoder().decode([[String?]].self, from: run.output)
  }

  /// The one value that a question has for an answer.
  func value(_ sql: String) throws -> String? {
    try rows(sql).first?.first ?? nil
  }

  /// How many events are stored.
  var eventCount: Int {
    get throws { Int(try value("SELECT count(*) FROM mcp_events") ?? "") ?? -1 }
  }

  /// Begins something that holds the database's write lock until it ends.
  ///
  /// - Parameter isExclusive: Whether nobody else can open the database either.
  /// - Returns: What holds it.
  /// - Throws: When it cannot be started.
  func lock(exclusively isExclusive: Bool = false) throws -> DatabaseLock {
    try DatabaseLock(database, isExclusive: isExclusive)
  }
}

/// A recorder that has ended.
struct IngestRun {
  let status: Int32
  let messages: String
  let output: Data
  /// The numbers of the summary; none when there was no summary.
  let summary: [String: Int]

  init(_ run: QueryRun) {
    (status, messages, output) = (run.status, run.messages, run.output)
    var numbers: [String: Int] = [:]
    for line in run.messages.split(separator: "\n") where line.hasPrefix("{") {
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      numbers = (object ?? [:]).compactMapValues { $0 as? Int }
    }
    summary = numbers
  }

  /// Whether the five numbers add up to the lines.
  var addsUp: Bool {
    let parts = ["events", "duplicates", "ignored", "blank", "rejected"]
    return summary["lines"] == parts.reduce(0) { $0 + (summary[$1] ?? -1) }
  }

  /// What it said besides the summary.
  var complaint: String {
    messages.split(separator: "\n").filter { !$0.hasPrefix("{") }.joined(separator: "\n")
  }
}

/// Another process that holds the write lock of a database.
final class DatabaseLock {
  private let process = Process()
  private let input = Pipe()

  init(_ database: String, isExclusive: Bool = false) throws {
    let program = """
      import sqlite3, sys
      database = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=20)
      database.execute("PRAGMA locking_mode = " + sys.argv[2])
      database.execute("BEGIN IMMEDIATE")
      print("locked", flush=True)
      sys.stdin.read()
      """
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c", program, database, isExclusive ? "EXCLUSIVE" : "NORMAL",
    ]
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    _ = output.fileHandleForReading.availableData
  }

  /// Lets the lock go.
  func end() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  deinit { end() }
}

/// A recorder that is running, and is fed bit by bit.
final class LiveRecorder {
  private let process = Process()
  private let input = Pipe()
  private let folder: IngestFolder
  private let files: [String]

  /// Starts a recorder; descriptor 3 leads into a file, for acknowledgements.
  init(_ folder: IngestFolder, _ arguments: [String] = []) throws {
    self.folder = folder
    let name = "live-\(UInt32.random(in: 0 ... .max))"
    files = ["out", "err", "ack"].map { "\(folder.path)/\(name).\($0)" }
    for file in files { try Data().write(to: URL(fileURLWithPath: file)) }
    let words = ["\(QueryRun.programs)/mcp-sidecar", "--db", folder.database, "--summary", "json"]
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments =
      [
        "-c", "exec env --default-signal=INT \"$@\" >'\(files[0])' 2>'\(files[1])' 3>'\(files[2])'",
        "bash",
      ]
      + words + arguments
    process.standardInput = input
    try process.run()
  }

  var isRunning: Bool { process.isRunning }
  var output: Data { FileManager.default.contents(atPath: files[0]) ?? Data() }
  var messages: String { text(files[1]) }
  /// The acknowledgements so far.
  var acknowledgements: [String] { text(files[2]).split(separator: "\n").map(String.init) }

  private func text(_ file: String) -> String {
    String(decoding: FileManager.default.contents(atPath: file) ?? Data(), as: UTF8.self)
  }

  func write(_ text: String) throws {
    try input.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Ends its input.
  func close() throws { try input.fileHandleForWriting.close() }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Whether a signal waits to be taken.
  func isPending(_ signal: Int32) throws -> Bool {
    let path = "/proc/\(process.processIdentifier)/status"
    let status = try String(contentsOfFile: path, encoding: .utf8)
    let field = status.split(separator: "\n").first { $0.hasPrefix("ShdPnd:") }
    let mask = field.flatMap { UInt64($0.dropFirst(7).drop { $0 == "\t" }, radix: 16) } ?? 0
    return mask >> UInt64(signal - 1) & 1 == 1
  }

  /// Waits for its end.
  func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Waits until something holds, at most as long as nobody would.
  func until(_ what: String, _ condition: () throws -> Bool) throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try !condition() {
      try #require(.now < deadline, "\(what) did not happen: \(messages)")
      usleep(5000)
    }
  }

  deinit {
    if process.isRunning { send(SIGKILL) }
  }
}

/// Lines of the line protocol for tests.
enum Lines {
  static func event(_ number: Int, _ more: String = "") -> String {
    #"{"instance_id":"work-1","tool_name":"edit_file","success":true,"call_id":"c\#(number)"\#(more)}"#
  }

  static func events(_ numbers: Range<Int>) -> String {
    numbers.map { event($0) + "\n" }.joined()
  }
}
