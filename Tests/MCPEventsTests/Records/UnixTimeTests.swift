import MCPEvents
import Testing

@Suite struct `Unix time` {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"), (951_868_799_999, "2000-02-29T23:59:59.999Z"),
    (-2_203_891_200_001, "1900-02-28T23:59:59.999Z"),
    (-2_203_891_200_000, "1900-03-01T00:00:00.000Z"),
    (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
    (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    (-62_167_219_200_001, "0000-01-01T00:00:00.000Z"),
    (253_402_300_800_000, "9999-12-31T23:59:59.999Z"),
    (Int64.min, "0000-01-01T00:00:00.000Z"), (Int64.max, "9999-12-31T23:59:59.999Z"),
  ])
  func `is written as RFC 3339 with milliseconds`(milliseconds: Int64, expected: String) {
    #expect(UnixTime(milliseconds: milliseconds).description == expected)
  }

  @Test func `counts the days of every date of 800 years`() {
    var expected = CivilDate(year: 1600, month: 1, day: 1).daysSince1970
    #expect(expected == -135_140)
    var wrong = 0
    for year in Int64(1600)..<2400 {
      for month in Int64(1)...12 {
        for day in 1...CivilDate.days(in: month, of: year) {
          let date = CivilDate(year: year, month: month, day: day)
          if date.daysSince1970 != expected || CivilDate(daysSince1970: expected) != date {
            wrong += 1
          }
          expected += 1
        }
      }
    }
    #expect(wrong == 0)
  }

  @Test func `is ordered`() {
    #expect(UnixTime.earliest < UnixTime(milliseconds: 0))
    #expect(UnixTime(milliseconds: 0) < UnixTime.latest)
  }

  @Test(arguments: [
    (0, "0"), (7, "7"), (-7, "-7"), (10, "10"), (1234567890, "1234567890"),
    (Int64.max, "9223372036854775807"), (Int64.min, "-9223372036854775808"),
  ])
  func `and other numbers are written in decimal`(value: Int64, expected: String) {
    var output = Array("x".utf8)
    output.append(decimal: value)
    #expect(String(decoding: output, as: UTF8.self) == "x" + expected)
  }
}
