import MCPGzip
import Testing

@Suite struct `A gzip reader` {
  private struct Failure: Error, Hashable {}

  /// Reads everything, from a source that gives `chunkSize` bytes a time and fails once.
  private func contents(
    of bytes: [UInt8],
    format: GzipReader.Format,
    chunkSize: Int,
    outputSize: Int = 4096,
    failingRead: Int? = nil,
    into output: inout [UInt8]
  ) throws {
    var rest = bytes[...]
    var readCount = 0
    func source(_ free: inout OutputSpan<UInt8>) throws(Failure) {
      defer { readCount += 1 }
      if readCount == failingRead { throw Failure() }
      let chunk = rest.prefix(min(chunkSize, free.freeCapacity))
      for byte in chunk { free.append(byte) }
      rest = rest.dropFirst(chunk.count)
    }

    var reader = try GzipReader(format: format)
    while true {
      do {
        let chunk = try [UInt8](capacity: outputSize) { free in
          try reader.read(into: &free) { more throws(Failure) in try source(&more) }
        }
        if chunk.isEmpty { return }
        output += chunk
      } catch is Failure {
        continue
      }
    }
  }

  @Test(arguments: [1, 2, 3, 1000, Int.max], [1, 100, 5000])
  func `reads gzip data as its content`(chunkSize: Int, outputSize: Int) throws {
    let content = Sample.lines(10_000)
    var output: [UInt8] = []

    try contents(
      of: gzipped(content) + gzipped(content),
      format: .detected,
      chunkSize: chunkSize,
      outputSize: outputSize,
      into: &output
    )

    #expect(output == content + content)
  }

  @Test(arguments: [1, 2, 700])
  func `reads other data as it is`(chunkSize: Int) throws {
    for content in [[], [0x1F], [0x1F, 0x1F], Array("{}\n".utf8), Sample.noise(10_000)] {
      var output: [UInt8] = []

      try contents(of: content, format: .detected, chunkSize: chunkSize, into: &output)

      #expect(output == content)
    }
  }

  @Test func `refuses other data when it must be gzip data`() {
    var output: [UInt8] = []

    let error = #expect(throws: GzipError.self) {
      try contents(of: Array("{}".utf8), format: .gzip, chunkSize: 1, into: &output)
    }

    #expect(error?.code == .notGzip)
  }

  @Test(arguments: 0...12)
  func `goes on after a read that failed`(failingRead: Int) throws {
    let content = Sample.lines(1000)
    let input = try gzipped(content)
    var output: [UInt8] = []

    try contents(
      of: input,
      format: .detected,
      chunkSize: input.count / 10,
      failingRead: failingRead,
      into: &output
    )

    #expect(output == content)
  }

  @Test func `gives all bytes before it reports that the rest is missing`() throws {
    let content = Sample.lines(100_000)
    let input = try gzipped(content).dropLast(9)
    var output: [UInt8] = []

    let error = #expect(throws: GzipError.self) {
      try contents(of: Array(input), format: .detected, chunkSize: .max, into: &output)
    }

    #expect(error?.code == .truncated)
    #expect(content.starts(with: output))
    #expect(output.count > 99_000)
  }

  @Test func `gives all bytes before it reports what follows them`() throws {
    let content = Sample.lines(1000)
    var output: [UInt8] = []

    let error = #expect(throws: GzipError.self) {
      try contents(of: gzipped(content) + [1], format: .gzip, chunkSize: .max, into: &output)
    }

    #expect(error?.code == .trailingData)
    #expect(output == content)
  }
}
