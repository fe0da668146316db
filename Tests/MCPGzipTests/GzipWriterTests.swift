import MCPGzip
import Testing

@Suite struct `A gzip writer` {
  private static let blockSize = 128 * 1024

  @Test(arguments: [0, 1, 2, 1000, blockSize - 1, blockSize, blockSize + 1, 3 * blockSize])
  func `writes what an inflater reads back`(count: Int) throws {
    for bytes in [Sample.noise(count), Sample.lines(count), [UInt8](repeating: 0, count: count)] {
      #expect(try gunzipped(try gzipped(bytes, threads: 2)) == bytes)
    }
  }

  @Test(arguments: 0...9)
  func `can be read back at every level`(level: Int) throws {
    let bytes = Sample.lines(300_000) + Sample.noise(10_000)

    #expect(try gunzipped(try gzipped(bytes, level: level, threads: 2)) == bytes)
  }

  @Test func `compresses as well as if there were no blocks`() throws {
    let bytes = Sample.lines(2_000_000)

    #expect(try gzipped(bytes).count * 8 < bytes.count)
  }

  @Test(arguments: [0, 1, 131_072, 262_144, 1_000_000])
  func `gives equal bytes for any number of threads`(count: Int) throws {
    let bytes = Sample.lines(count)
    let alone = try gzipped(bytes, threads: 1)

    #expect(try gzipped(bytes, threads: 2) == alone)
    #expect(try gzipped(bytes, threads: 8) == alone)
  }

  @Test(arguments: [1, 7, 4096, 131_072, 131_073])
  func `gives equal bytes however the input is cut`(chunkSize: Int) throws {
    let bytes = Sample.lines(300_000)

    #expect(try gzipped(bytes, threads: 2, chunkSize: chunkSize) == gzipped(bytes))
  }

  @Test func `takes nothing for no input`() throws {
    let bytes = Sample.lines(1000)
    var output: [UInt8] = []
    var writer = try GzipWriter(threads: 1)
    writer.write([UInt8]().span) { output += $0.bytesCopied }
    writer.write(bytes.span) { output += $0.bytesCopied }
    writer.write([UInt8]().span) { output += $0.bytesCopied }
    writer.finish { output += $0.bytesCopied }

    #expect(output == (try gzipped(bytes)))
  }

  @Test(arguments: [(1, 4 as UInt8), (6, 0), (9, 2)])
  func `writes a header without name, time and system`(level: Int, effort: UInt8) throws {
    let header = try gzipped(Sample.lines(10), level: level).prefix(10)

    #expect(Array(header) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, effort, 255])
  }

  @Test func `writes the checksum and the length last`() throws {
    let trailer = try gzipped(Array("123456789".utf8)).suffix(8)

    // 0xCBF43926 is the check value of CRC-32.
    #expect(Array(trailer) == [0x26, 0x39, 0xF4, 0xCB, 9, 0, 0, 0])
  }

  @Test(arguments: [1, 2, 8])
  func `may be dropped unfinished`(threads: Int) throws {
    var count = 0

    do {
      var writer = try GzipWriter(threads: threads)
      writer.write(Sample.lines(1_000_000).span) { count += $0.count }
    }

    #expect(count < 1_000_000)
  }

  @Test(arguments: 0...5, [1, 3])
  func `passes on what the sink throws`(failingCall: Int, threads: Int) throws {
    struct Failure: Error, Hashable {}
    var callCount = 0
    func sink(_ bytes: Span<UInt8>) throws(Failure) {
      defer { callCount += 1 }
      if callCount == failingCall { throw Failure() }
    }

    do throws(Failure) {
      guard var writer = try? GzipWriter(threads: threads) else { return }
      for _ in 0..<4 { try writer.write(Sample.noise(131_072).span, to: sink) }
      try writer.finish(to: sink)
      Issue.record("there are seven pieces: header, four blocks, the last block, trailer")
    } catch {
      #expect(callCount == failingCall + 1)
    }
  }
}

@Suite struct `Other programs` {
  private static let bytes = Sample.lines(1_000_000) + Sample.noise(500_000)

  @Test(.enabled(if: SecondReader.isInstalled("gzip")), arguments: [0, 1, 1_500_000])
  func `find the output sound`(count: Int) throws {
    let output = try gzipped(Array(Self.bytes.prefix(count)), threads: 2)

    #expect(try SecondReader(arguments: ["gzip", "-t"]).run(on: output).status == 0)
  }

  @Test(.enabled(if: SecondReader.isInstalled("zcat")), arguments: [0, 1, 1_500_000])
  func `like zcat read the output`(count: Int) throws {
    let content = Array(Self.bytes.prefix(count))

    let outcome = try SecondReader(arguments: ["zcat"]).run(on: gzipped(content, threads: 2))

    #expect(outcome.status == 0)
    #expect(outcome.output == content)
  }

  @Test(.enabled(if: SecondReader.isInstalled("python3")), arguments: [0, 1, 1_500_000])
  func `like Python read the output`(count: Int) throws {
    let content = Array(Self.bytes.prefix(count))
    let script = "import gzip, sys; sys.stdout.buffer.write(gzip.open(sys.argv[1]).read())"

    let outcome = try SecondReader(arguments: ["python3", "-c", script])
      .run(on: gzipped(content, threads: 2))

    #expect(outcome.status == 0)
    #expect(outcome.output == content)
  }

  @Test(.enabled(if: SecondReader.isInstalled("gzip")), arguments: ["-1", "-6", "-9"])
  func `like gzip write what the inflater reads`(level: String) throws {
    let outcome = try SecondReader(arguments: ["gzip", "-c", level]).run(on: Self.bytes)

    #expect(try gunzipped(outcome.output) == Self.bytes)
  }

  @Test(.enabled(if: SecondReader.isInstalled("python3")))
  func `like Python write headers that the inflater reads`() throws {
    let script = """
      import gzip, sys
      gzip.GzipFile("a name", "wb", 9, sys.stdout.buffer, 12345).write(open(sys.argv[1], "rb").read())
      """

    let outcome = try SecondReader(arguments: ["python3", "-c", script]).run(on: Self.bytes)

    #expect(try gunzipped(outcome.output) == Self.bytes)
  }
}
