import MCPAdapters
import Testing

@Suite struct `Redaction, whatever the line` {
  private static let policies = [
    "secrets", "secrets,pattern:oke[a-z=:]{2,9},pattern:REDACTED,path:password.*,path:key",
  ]

  @Test(arguments: policies, UInt64(1)...4)
  func `keeps JSON what it is, and is done after one time`(policy: String, seed: UInt64) throws {
    var redactor = Redactor(try RedactionPolicy(parsing: policy))
    var lines = HostileLines(seed: seed)

    for _ in 0..<400 {
      let line = try lines.json()
      let (output, hits) = redactor.redacted(line)
      guard hits > 0 else { continue }

      #expect(output.isJSON, "\(String(decoding: line, as: UTF8.self))")
      if !policy.contains("path") { #expect(output.outsideStrings == line.outsideStrings) }
      #expect(
        redactor.redacted(output).hits == 0,
        "\(String(decoding: line, as: UTF8.self)) -> \(String(decoding: output, as: UTF8.self))"
      )
    }
  }

  @Test(arguments: UInt64(1)...4)
  func `never traps and is done after one time for text`(seed: UInt64) {
    var redactor = Redactor(.secrets)
    var lines = HostileLines(seed: seed)

    for _ in 0..<400 {
      let line = lines.text()
      let (output, hits) = redactor.redacted(line)

      if hits > 0 {
        #expect(redactor.redacted(output).hits == 0, "\(String(decoding: line, as: UTF8.self))")
      }
    }
  }

  @Test func `never traps for random bytes`() {
    var redactor = Redactor(.secrets)
    var random = RedactionRandom(seed: 3)

    for length in 0..<600 {
      _ = redactor.redacted((0..<length).map { _ in UInt8.random(in: 0...255, using: &random) })
    }
  }

  @Test func `accepts every line cut at every byte`() {
    var redactor = Redactor(.secrets)
    let corpus = RedactionCorpus(seed: 5)

    for sample in corpus.positives.filter({ $0.line.utf8.count < 400 }) {
      let line = Array(sample.line.utf8)
      for end in stride(from: 0, to: line.count, by: 3) {
        _ = redactor.redacted(Array(line[..<end]))
        _ = redactor.redacted(Array(line[end...]))
      }
    }
  }

  @Test func `is done after one time for the corpus`() {
    for sample in RedactionCorpus(seed: 6).positives {
      #expect(redacted(redacted(sample.line).line).hits == 0, "\(sample)")
    }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      "pwd=", "apikey='", "authorization=", "authorization=bearer ", "://a:", ".eyJhbGciOi.",
      "-----BEGIN PRIVATE KEY-----", " -u a:", "\\", "[REDACTED:", ".glpat-", "--password ",
      "{\"password\":\"", "token\\\":\\\"",
    ]
  )
  func `takes time in proportion to the line`(part: String) {
    var redactor = Redactor(.secrets)
    let line = Array(String(repeating: part, count: 100_000 / part.utf8.count).utf8)

    _ = redactor.redacted(line)
  }
}
