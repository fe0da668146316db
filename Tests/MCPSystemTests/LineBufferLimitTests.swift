import MCPSystem
import Testing

@Suite struct `Long lines` {
  private static let streams = [
    "12345", "12345\n", "12345\r\n", "123456", "123456\n", "123456\r\n", "12345\r", "12345\r\r\n",
    "1234567890123\nok\n", "ok\n1234567890123\r\nok", "\u{FEFF}12345\n", "\u{FEFF}123456\n",
    "1234\r\r\r\r\r\n", "123456\r", "\n123456\r\n123456\r\n", "12345678901234567890",
  ]

  @Test(arguments: streams, 1...9)
  func `come in parts however the bytes are cut`(text: String, chunkSize: Int) throws {
    let bytes = Array(text.utf8)

    let lines = try bufferLines(
      of: bytes,
      chunkSize: chunkSize,
      maximumLineLength: 5,
      readSize: 7
    )

    #expect(lines == modelLines(of: bytes, maximumLineLength: 5))
  }

  @Test func `are never kept whole`() throws {
    let limit = 1024 * 1024
    let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: 10 * limit) + Array("\nnext\n".utf8)
    var source = ChunkedSource(bytes, chunkSize: .max)
    var recorder = LineRecorder()
    var buffer = try LineBuffer(maximumLineLength: limit)

    var most = 0
    while try buffer.read(from: &source) > 0 {
      most = max(most, buffer.pendingByteCount)
      try buffer.deliver(to: &recorder)
    }

    #expect(most <= limit + LineBuffer.defaultReadSize)
    #expect(recorder.longestPart <= limit + LineBuffer.defaultReadSize)
    #expect(recorder.lines.map(\.position.length) == [Int64(10 * limit + 1), 5])
    #expect(recorder.lines.first?.bytes == Array(bytes.prefix(10 * limit)))
  }

  @Test func `of the allowed length come in one piece, one after the other`() throws {
    let limit = 300_000
    let long = String(repeating: "x", count: limit)
    let bytes = Array("\(long)\nshort\n\(long)\r\n\(long)y\nshort\n\(long)".utf8)

    let lines = try bufferLines(of: bytes, chunkSize: .max, maximumLineLength: limit)

    #expect(lines == modelLines(of: bytes, maximumLineLength: limit))
    #expect(lines.map(\.isInParts) == [false, false, false, true, false, false])
  }

  @Test(arguments: [10, 1_000, 100_000, 1_000_000])
  func `of any length leave the lines after them alone`(length: Int) throws {
    var generator = SplitMix(seed: UInt64(length))
    var bytes: [UInt8] = []
    for letter in UInt8(ascii: "a")...UInt8(ascii: "t") {
      let count = Int.random(in: 0...length, using: &generator)
      bytes += [UInt8](repeating: letter, count: count) + [UInt8(ascii: "\n")]
    }

    let lines = try bufferLines(of: bytes, chunkSize: .max)

    #expect(lines == modelLines(of: bytes))
  }

  @Test func `cost no more memory than they need`() async {
    // In a process of its own, so that other tests do not count.
    await #expect(processExitsWith: .success) {
      let length = 64 * 1024 * 1024
      var source = EndlessLine(count: length)
      var consumer = CountingConsumer()
      var buffer = try LineBuffer(maximumLineLength: 1024 * 1024)
      let before = ProcessMemory.peakResidentBytes

      while try buffer.read(from: &source) > 0 { buffer.deliver(to: &consumer) }
      buffer.finish(to: &consumer)

      #expect(consumer.byteCount == length)
      #expect(ProcessMemory.peakResidentBytes - before < 4 * 1024 * 1024)
    }
  }
}

/// One line without an end, which exists nowhere as a whole.
private struct EndlessLine: ByteSource {
  var count: Int

  mutating func read(into output: inout OutputSpan<UInt8>) throws(SystemError) {
    while count > 0, !output.isFull {
      output.append(UInt8(ascii: "x"))
      count -= 1
    }
  }
}

private struct CountingConsumer: LineConsumer {
  var byteCount = 0

  mutating func take(_ line: Span<UInt8>, at position: LinePosition) throws(Never) {
    byteCount += line.count
  }

  mutating func takePart(_ part: Span<UInt8>, ofLineAt start: LineStart) throws(Never) {
    byteCount += part.count
  }

  mutating func endParts(at position: LinePosition) throws(Never) {}
}
