import MCPSystem
import Testing

@Suite struct `A line buffer` {
  private static let streams = [
    "", "\n", "\n\n", "a", "a\n", "a\nbc\n\nd", "a\r\nb\r\n", "\r\n", "\r", "a\r", "a\r\r\nb",
    "\ra\n",
    "\u{FEFF}a\nb\n", "\u{FEFF}", "\u{FEFF}\n", "\u{FEFF}\u{FEFF}a\n", "a\n\u{FEFF}b\n",
    "\u{FEFF}\r\n",
    "{\"tool\":\"bash\"}\n{\"tool\":\"edit\"}\n", "\0\n\0",
  ]

  @Test(arguments: streams, 1...9)
  func `yields the same lines however the bytes are cut`(text: String, chunkSize: Int) throws {
    let bytes = Array(text.utf8)

    let lines = try bufferLines(of: bytes, chunkSize: chunkSize, readSize: 8)

    #expect(lines == modelLines(of: bytes))
  }

  @Test(
    arguments: [
      [0xEF], [0xEF, 0xBB], [0xEF, 0x0A], [0xEF, 0xBB, 0x0A], [0xEF, 0xEF, 0xBB, 0xBF],
    ],
    1...4
  )
  func `takes only a whole byte order mark for one`(bytes: [UInt8], chunkSize: Int) throws {
    #expect(try bufferLines(of: bytes, chunkSize: chunkSize) == modelLines(of: bytes))
  }

  @Test func `strips the newline and one carriage return`() throws {
    let lines = try bufferLines(of: Array("a\r\r\nb\rc\n".utf8), chunkSize: 3)

    #expect(lines.map(\.text) == ["a\r", "b\rc"])
  }

  @Test func `says when no newline ended the last line`() throws {
    let lines = try bufferLines(of: Array("a\nb".utf8), chunkSize: 100)

    #expect(lines.map(\.position.isTerminated) == [true, false])
  }

  @Test func `counts every byte of the stream in some line`() throws {
    let bytes = Array("\u{FEFF}a\r\n\r\n\nlast".utf8)

    let lines = try bufferLines(of: bytes, chunkSize: 2)

    #expect(lines.map(\.position.length).reduce(0, +) == Int64(bytes.count))
    #expect(lines.last?.position.end == Int64(bytes.count))
  }

  @Test func `keeps the start of a line for the next read`() throws {
    var source = ChunkedSource(Array("a\nbc".utf8), chunkSize: 100)
    var recorder = LineRecorder()
    var buffer = try LineBuffer()
    _ = try buffer.read(from: &source)

    try buffer.deliver(to: &recorder)

    #expect(recorder.lines.map(\.text) == ["a"])
    #expect(buffer.pendingByteCount == 2)
    #expect(buffer.next == LineStart(number: 2, offset: 2))
  }

  @Test(arguments: 0...4)
  func `resumes at any line as if it had read on`(lineCount: Int) throws {
    let bytes = Array("one\ntwo\r\n\nfour\nfive".utf8)
    let all = modelLines(of: bytes)
    let start = all[lineCount].position
    var source = ChunkedSource(Array(bytes[Int(start.offset)...]), chunkSize: 3)
    var recorder = LineRecorder()
    var buffer = try LineBuffer(
      resumingAt: LineStart(number: start.number, offset: start.offset)
    )

    while try buffer.read(from: &source) > 0 { try buffer.deliver(to: &recorder) }
    try buffer.finish(to: &recorder)

    #expect(recorder.lines == Array(all[lineCount...]))
  }

  @Test func `takes no byte order mark in the middle of a stream`() throws {
    var source = ChunkedSource(Array("\u{FEFF}a\n".utf8), chunkSize: 100)
    var recorder = LineRecorder()
    var buffer = try LineBuffer(resumingAt: LineStart(number: 7, offset: 99))
    _ = try buffer.read(from: &source)

    try buffer.deliver(to: &recorder)

    #expect(recorder.lines.first?.bytes == [0xEF, 0xBB, 0xBF, 0x61])
    #expect(recorder.lines.first?.position.offset == 99)
  }

  @Test(arguments: 0...5)
  func `delivers a line again that was refused`(failingCall: Int) throws {
    let bytes = Array("a\nbb\nccccccccc\n\nd".utf8)
    var source = ChunkedSource(bytes, chunkSize: 4)
    var recorder = LineRecorder(failingAtCall: failingCall)
    var buffer = try LineBuffer(maximumLineLength: 5, readSize: 4)

    var isMore = true
    while isMore {
      isMore = try buffer.read(from: &source) > 0
      do { try buffer.deliver(to: &recorder) } catch { try buffer.deliver(to: &recorder) }
    }
    do { try buffer.finish(to: &recorder) } catch { try buffer.finish(to: &recorder) }

    #expect(recorder.lines == modelLines(of: bytes, maximumLineLength: 5))
  }

  @Test(arguments: 0...6)
  func `loses nothing when a read fails`(failingRead: Int) throws {
    let bytes = Array("a\nbb\nccc\n\nd".utf8)
    var source = ChunkedSource(bytes, chunkSize: 2, failingAtRead: failingRead)
    var recorder = LineRecorder()
    var buffer = try LineBuffer(readSize: 4)

    var isMore = true
    while isMore {
      do { isMore = try buffer.read(from: &source) > 0 } catch { continue }
      try buffer.deliver(to: &recorder)
    }
    try buffer.finish(to: &recorder)

    #expect(recorder.lines == modelLines(of: bytes))
  }

  @Test func `goes on after the end of a file that grows`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("a\nb", to: "log")
    var file = try FileDescriptor.open(path, for: .reading)
    var recorder = LineRecorder()
    var buffer = try LineBuffer()
    while try buffer.read(from: &file) > 0 { try buffer.deliver(to: &recorder) }

    try FileDescriptor.open(path, for: .appending).write(all: Array("c\n".utf8).span)
    while try buffer.read(from: &file) > 0 { try buffer.deliver(to: &recorder) }

    #expect(recorder.lines.map(\.text) == ["a", "bc"])
  }
}
