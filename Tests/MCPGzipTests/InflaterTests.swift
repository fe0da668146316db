import MCPGzip
import Testing

@Suite struct `An inflater` {
  private static let content = Array(#"{"tool_name":"edit_file","success":true}"#.utf8)

  @Test(arguments: 1...70)
  func `reads the same however the input is cut`(chunkSize: Int) throws {
    let input = try gzipped(Self.content) + gzipped(Self.content) + [0, 0]

    #expect(try gunzipped(input, chunkSize: chunkSize) == Self.content + Self.content)
  }

  @Test(arguments: [1, 2, 3, 7, 1000, 100_000])
  func `reads the same however small the output is`(outputSize: Int) throws {
    let content = Sample.lines(20_000)

    #expect(try gunzipped(gzipped(content), outputSize: outputSize) == content)
  }

  @Test func `stops when the output is full, and goes on`() throws {
    let content = [UInt8](repeating: 7, count: 1_000_000)
    let input = try gzipped(content)
    var inflater = try Inflater()
    var position = 0
    var total = 0

    var count: Int
    repeat {
      count = try [UInt8](capacity: 1000) { output throws(GzipError) in
        position += try inflater.inflate(input.span.extracting(position...), into: &output)
      }.count
      total += count
    } while count == 1000

    #expect(total == content.count)
    #expect(position == input.count)
    try inflater.checkEnd()
  }

  @Test func `reads several members as one stream`() throws {
    let parts = [Self.content, [], Sample.noise(1000), Sample.lines(300_000), []]

    let input = try parts.flatMap { try gzipped($0) }

    #expect(try gunzipped(input) == parts.flatMap(\.self))
  }

  @Test(arguments: [1, 2, 10_000], [1, 5, Int.max])
  func `passes over zeros at the end`(padding: Int, chunkSize: Int) throws {
    let input = try gzipped(Self.content) + [UInt8](repeating: 0, count: padding)

    #expect(try gunzipped(input, chunkSize: chunkSize) == Self.content)
  }

  @Test(arguments: [[1], [0, 1], [0x1F, 0x8C], [0, 0x1F, 0x8B], Array("garbage".utf8)])
  func `reports something else at the end`(rest: [UInt8]) throws {
    let member = try gzipped(Self.content)

    let error = #expect(throws: GzipError.self) { try gunzipped(member + rest, chunkSize: 1) }

    #expect(error?.code == .trailingData)
    #expect((error?.offset ?? 0) >= Int64(member.count))
  }

  @Test func `reports an input that ends too early, wherever it ends`() throws {
    let input = try gzipped(Self.content)

    for count in input.indices {
      let error = #expect(throws: GzipError.self) { try gunzipped(Array(input.prefix(count))) }
      #expect(error?.code == .truncated)
      #expect(error?.offset == Int64(count))
    }
  }

  @Test func `reports a second member that ends too early`() throws {
    let member = try gzipped(Self.content)

    for count in 1..<member.count {
      let error = #expect(throws: GzipError.self) { try gunzipped(member + member.prefix(count)) }
      #expect(error?.code == .truncated)
    }
  }

  @Test(arguments: 0..<8)
  func `never takes damaged bytes for right ones`(bit: Int) throws {
    let input = try gzipped(Self.content)

    for index in input.indices {
      var damaged = input
      damaged[index] ^= 1 << UInt8(bit)
      let output = try? gunzipped(damaged)
      // Nothing depends on the text flag, time, effort and system, nor on the bits that fill the
      // last byte before the trailer.
      let isWithoutMeaning = (3...9).contains(index) || index == input.count - 9
      #expect(output == nil || output == Self.content && isWithoutMeaning, "byte \(index)")
    }
  }

  @Test(arguments: [8, 4])
  func `tells what is damaged`(distanceFromEnd: Int) throws {
    var input = try gzipped(Self.content)
    input[input.count - distanceFromEnd] ^= 1

    let error = #expect(throws: GzipError.self) { try gunzipped(input) }

    #expect(error?.code == .damaged)
    let detail = distanceFromEnd == 8 ? "incorrect data check" : "incorrect length check"
    #expect(error?.description.contains(detail) == true)
  }

  @Test(arguments: ["{}", "x", "\u{1F}{", "PK\u{3}\u{4}"])
  func `refuses what is not gzip data`(text: String) {
    let error = #expect(throws: GzipError.self) { try gunzipped(Array(text.utf8)) }

    #expect(error?.code == .notGzip)
  }

  @Test(arguments: [
    ([], false), ([0x1F], false), ([0x1F, 0x8B], true), ([0x1F, 0x8B, 8], true),
    ([0x7B, 0x22], false),
  ])
  func `recognises a gzip header`(prefix: [UInt8], isGzip: Bool) {
    #expect(Inflater.isGzip(prefix.span) == isGzip)
  }

  @Test func `reads 10 MB`() throws {
    let content = Sample.lines(8_000_000) + Sample.noise(2_000_000)

    #expect(try gunzipped(gzipped(content, threads: 2), chunkSize: 65_536) == content)
  }
}
