import Foundation
import MCPEvents
import Testing

@Suite struct `Time specification` {
  private let now = UnixTime(milliseconds: 1_795_338_843_512)

  private func interval(
    _ text: String,
    offset: (Int64) -> Int64 = { _ in 0 }
  ) throws -> [String] {
    let spec = try TimeSpec(text)
    return [spec.start(now: now, offset: offset), spec.end(now: now, offset: offset)].map(
      \.description
    )
  }

  @Test(arguments: [
    ("now", "2026-11-22T09:14:03.512Z"), ("0s", "2026-11-22T09:14:03.512Z"),
    ("90s", "2026-11-22T09:12:33.512Z"), ("30m", "2026-11-22T08:44:03.512Z"),
    ("2h", "2026-11-22T07:14:03.512Z"), ("7d", "2026-11-15T09:14:03.512Z"),
    ("2w", "2026-11-08T09:14:03.512Z"), ("007d", "2026-11-15T09:14:03.512Z"),
    ("99999999999d", "0000-01-01T00:00:00.000Z"),
    ("2026-11-22T09:14:03Z", "2026-11-22T09:14:03.000Z"),
    ("2026-11-22T09:14:03.5129+01:00", "2026-11-22T08:14:03.512Z"),
    ("@0", "1970-01-01T00:00:00.000Z"),
    ("@1795338843", "2026-11-22T09:14:03.000Z"), ("@1795338843.5", "2026-11-22T09:14:03.500Z"),
    ("@1795338843512", "2026-11-22T09:14:03.512Z"), ("@-1", "1969-12-31T23:59:59.000Z"),
  ])
  func `of a moment starts and ends there`(text: String, expected: String) throws {
    #expect(try interval(text) == [expected, expected])
    #expect(try interval(text, offset: { _ in 20_700 }) == [expected, expected])
  }

  @Test(arguments: [
    ("2026-11-22", "2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z"),
    ("2026-11", "2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"),
    ("2026-12", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"),
    ("2024-02", "2024-02-01T00:00:00.000Z", "2024-03-01T00:00:00.000Z"),
    ("2024-02-29", "2024-02-29T00:00:00.000Z", "2024-03-01T00:00:00.000Z"),
    ("today", "2026-11-22T00:00:00.000Z", "2026-11-23T00:00:00.000Z"),
    ("yesterday", "2026-11-21T00:00:00.000Z", "2026-11-22T00:00:00.000Z"),
    ("2026-11-22 09:14", "2026-11-22T09:14:00.000Z", "2026-11-22T09:15:00.000Z"),
    ("2026-11-22T09:14:03", "2026-11-22T09:14:03.000Z", "2026-11-22T09:14:04.000Z"),
    ("0000-01", "0000-01-01T00:00:00.000Z", "0000-02-01T00:00:00.000Z"),
    ("9999-12-31", "9999-12-31T00:00:00.000Z", "9999-12-31T23:59:59.999Z"),
  ])
  func `of a period is half-open`(text: String, start: String, end: String) throws {
    #expect(try interval(text) == [start, end])
  }

  @Test func `of a day is that of the local zone`() throws {
    let east: (Int64) -> Int64 = { _ in 14 * 3600 }
    #expect(
      try interval("today", offset: east) == [
        "2026-11-21T10:00:00.000Z", "2026-11-22T10:00:00.000Z",
      ]
    )
    let farWest: (Int64) -> Int64 = { _ in -10 * 3600 }
    #expect(
      try interval("today", offset: farWest) == [
        "2026-11-21T10:00:00.000Z", "2026-11-22T10:00:00.000Z",
      ]
    )
    #expect(
      try interval("2026-11-22", offset: farWest) == [
        "2026-11-22T10:00:00.000Z", "2026-11-23T10:00:00.000Z",
      ]
    )
    let nepal: (Int64) -> Int64 = { _ in 20_700 }
    #expect(
      try interval("yesterday", offset: nepal) == [
        "2026-11-20T18:15:00.000Z", "2026-11-21T18:15:00.000Z",
      ]
    )
  }

  /// Days on which the clock is set, some of them at midnight.
  @Test(arguments: [
    ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00.000Z", "2026-03-29T22:00:00.000Z"),
    ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00:00.000Z", "2026-10-25T23:00:00.000Z"),
    ("Europe/Berlin", "2026-10", "2026-09-30T22:00:00.000Z", "2026-10-31T23:00:00.000Z"),
    // 02:30 does not exist; 02:30 exists twice.
    ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:00:00.000Z", "2026-03-29T01:00:00.000Z"),
    ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30:00.000Z", "2026-10-25T00:31:00.000Z"),
    // Midnight does not exist; midnight exists twice.
    ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00.000Z", "2018-11-05T02:00:00.000Z"),
    ("America/Sao_Paulo", "2018-11-03", "2018-11-03T03:00:00.000Z", "2018-11-04T03:00:00.000Z"),
    ("America/Havana", "2026-11-01", "2026-11-01T04:00:00.000Z", "2026-11-02T05:00:00.000Z"),
    // The whole of 2011-12-30 does not exist.
    ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00.000Z", "2011-12-30T10:00:00.000Z"),
    ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00.000Z", "2011-12-31T10:00:00.000Z"),
  ])
  func `follows the clock when it is set`(
    zone: String,
    text: String,
    start: String,
    end: String
  ) throws {
    let zone = try #require(TimeZone(identifier: zone))
    let offset = { (seconds: Int64) in
      Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds))))
    }
    #expect(try interval(text, offset: offset) == [start, end])
  }

  @Test(arguments: [
    "", " ", "x", "2", "h", "-2h", "+2h", "2 h", "2hours", "1.5h", "2H", "2y", "1h30m", "Today",
    "tomorrow",
    "2026", "2026-1", "2026-11-2", "26-11-22", "2026/11/22", "2026-11-22T", "2026-11-22T09",
    "2026-11-22T09:14:",
    "2026-11-22T25:00", "2026-11-22T09:60", "2026-11-22T09:14:60", "2026-11-22T25:00:00Z", "@",
    "@x", "@1x", "@ 1",
    "2026-11-22x", "2026-11x", "２h", "2é", "é", "2026-11-22 09:14:03.5",
  ])
  func `names the forms that are understood`(text: String) {
    let error = #expect(throws: TimeSpecError.self) { try TimeSpec(text) }
    #expect(
      error?.message.hasPrefix(
        JSONText.quoted(text) + " is no time; use a date (2026-11-22), a month"
      ) == true
    )
  }

  @Test(arguments: [
    "2026-13", "2026-00", "2026-02-29", "2026-11-31", "2026-11-00", "2026-02-30T00:00:00Z",
  ])
  func `knows the calendar`(text: String) {
    let error = #expect(throws: TimeSpecError.self) { try TimeSpec(text) }
    #expect(error?.message.contains("is not in the calendar") == true)
  }

  @Test(arguments: ["99999999999999999999d", "9223372036854775807s", "@1e30"])
  func `knows its limits`(text: String) {
    let error = #expect(throws: TimeSpecError.self) { try TimeSpec(text) }
    #expect(error?.description.contains("is outside of the years 0000 to 9999") == true)
  }

  @Test(arguments: seeds)
  func `never traps`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let texts = [
      "2026-11-22T09:14:03.512Z", "2026-11-22 09:14", "@1795338843", "7d", "2026-11", "yesterday",
    ]
    let bytes = Array("0129-:TZ@ +.smhdwx\0é".utf8)
    for _ in 0..<5000 {
      var text = Array(random.pick(texts).utf8)
      text[Int.random(in: 0..<text.count, using: &random)] = random.pick(bytes)
      if random.oneIn(2) { text.removeLast(Int.random(in: 0...text.count, using: &random)) }
      guard let spec = try? TimeSpec(String(decoding: text, as: UTF8.self)) else { continue }
      let offset = { (seconds: Int64) in seconds % 86_400 > 43_200 ? Int64(3600) : -3600 }
      #expect(spec.start(now: now, offset: offset) <= spec.end(now: now, offset: offset))
    }
  }
}
