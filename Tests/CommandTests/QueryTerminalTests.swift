import Foundation
import Testing

@Suite struct `On a terminal` {
  /// Runs a line of the shell on a terminal of 100 columns, and returns what it shows.
  private func show(_ line: String) throws -> String {
    let program = """
      import os, pty, fcntl, termios, struct
      child, terminal = pty.fork()
      if child == 0:
          fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack('HHHH', 40, 100, 0, 0))
          os.execvp('bash', ['bash', '-c', sys.argv[1]])
      shown = b''
      while True:
          try: part = os.read(terminal, 65536)
          except OSError: break
          if not part: break
          shown += part
      os.waitpid(child, 0)
      sys.stdout.buffer.write(shown)
      """
    return try QueryRun(python: program, [line]).text
  }

  private static let attack =
    #"{"instance_id":"a\u009b2J","tool_name":"\u001b]0;owned\u0007t","success":false,"#
    + #""error_message":"\u001b[2J\u001b[31mred\r\nnext \u202egnp\u009b1m"}"#

  @Test(arguments: ["table", "jsonl", "json", "csv", "markdown"])
  func `shows nothing that the terminal would obey`(format: String) throws {
    let database = try RecordedDatabase([Self.attack])
    for command in ["events", "instances"] {
      let shown = try show("NO_COLOR=1 mcp-query \(command) -o \(format) --db '\(database.path)'")
      let dangerous = shown.unicodeScalars.filter { scalar in
        scalar.value < 0x20 && scalar != "\n" && scalar != "\r" || 0x7F..<0xA0 ~= scalar.value
          || scalar == "\u{202E}"
      }
      #expect(dangerous.isEmpty, "\(shown.debugDescription)")
      #expect(shown.contains("2J"))
    }
  }

  @Test func `escapes JSON to JSON`() throws {
    let database = try RecordedDatabase([Self.attack])
    let shown = try show("mcp-query events -o jsonl --db '\(database.path)'")
    let record = try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: Any]
    #expect(record?["instance_id"] as? String == "a\u{9B}2J")
  }

  @Test func `stores what it does not show`() throws {
    let database = try RecordedDatabase([Self.attack])
    let run = try database.query("events", "-o", "csv", "--columns", "instance_id")
    #expect(run.text == "instance_id\r\na\u{9B}2J\r\n")
  }

  @Test func `shows the newest 200 in the order of recording, and says so`() throws {
    let database = try RecordedDatabase(
      (1...250).map { #"{"instance_id":"a","tool_name":"t\#($0)","success":true}"# }
    )
    let shown = try show("NO_COLOR=1 mcp-query events --columns tool_name --db '\(database.path)'")
    let lines = shown.split(whereSeparator: \.isNewline).map(String.init)
    #expect(lines.prefix(2) == ["tool_name", "t51"])
    #expect(lines.suffix(2).first == "t250")
    #expect(lines.last?.contains("newest 200") == true)
  }

  @Test func `cuts cells so that rows fit`() throws {
    let text = String(repeating: "长 long ", count: 60)
    let database = try RecordedDatabase([
      #"{"instance_id":"a","tool_name":"t","success":false,"error_message":"\#(text)"}"#
    ])
    let shown = try show("NO_COLOR=1 mcp-query events --db '\(database.path)'")
    let row = try #require(shown.split(whereSeparator: \.isNewline).first { $0.contains("长") })
    let width = row.unicodeScalars.reduce(0) {
      $0 + ($1.value >= 0x4E00 && $1.value < 0xA000 ? 2 : 1)
    }
    #expect(width <= 100)
    #expect(row.hasSuffix("…"))
  }

  @Test func `uses colours, and does without on demand`() throws {
    let database = try RecordedDatabase()
    #expect(try show("mcp-query events --db '\(database.path)'").contains("\u{1B}[31mdenied"))
    for plain in ["NO_COLOR=1 mcp-query events", "mcp-query events --no-color"] {
      #expect(!(try show("\(plain) --db '\(database.path)'").contains("\u{1B}")))
    }
  }

  @Test func `refuses to show gzip`() throws {
    let database = try RecordedDatabase()
    let shown = try show("mcp-query export --db '\(database.path)'; echo status $?")
    #expect(shown.contains("status 64"))
  }
}
