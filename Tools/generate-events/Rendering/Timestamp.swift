import ArgumentParser

/// A moment in Unix milliseconds, as the command line names it.
struct Timestamp: ExpressibleByArgument, CustomStringConvertible {
  /// 2026-01-05T09:00:00Z, a Monday morning.
  static let defaultStart = Self(milliseconds: 1_767_603_600_000)
  private static let yearsOfFourDigits = -62_135_596_800_000...253_402_300_799_999

  let milliseconds: Int

  init(milliseconds: Int) {
    self.milliseconds = milliseconds
  }

  /// Accepts Unix milliseconds, `2026-01-05`, and `2026-01-05T09:00:00[.5](Z|+01:00)`.
  init?(argument: String) {
    guard let milliseconds = Int(argument) ?? Self.milliseconds(calendar: argument),
      Self.yearsOfFourDigits.contains(milliseconds)
    else { return nil }
    self.milliseconds = milliseconds
  }

  var description: String {
    var renderer = TimestampRenderer()
    var bytes: [UInt8] = []
    renderer.append(milliseconds: milliseconds, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func milliseconds(calendar text: String) -> Int? {
    let pattern =
      /(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|[+-]\d\d:\d\d))?/
    guard let match = text.wholeMatch(of: pattern)?.output,
      let date = CalendarDate(year: Int(match.1), month: Int(match.2), day: Int(match.3))
    else { return nil }
    let hour = match.4.flatMap { Int($0) } ?? 0
    let minute = match.5.flatMap { Int($0) } ?? 0
    let second = match.6.flatMap { Int($0) } ?? 0
    guard hour < 24, minute < 60, second < 60,
      let offset = minutes(offset: match.8 ?? "Z")
    else { return nil }
    let fraction = Int((match.7 ?? "").prefix(3)) ?? 0
    let scale = [1, 100, 10, 1][min((match.7 ?? "").count, 3)]
    let minutes = (date.daysSince1970 * 24 + hour) * 60 + minute - offset
    return (minutes * 60 + second) * 1_000 + fraction * scale
  }

  private static func minutes(offset text: Substring) -> Int? {
    guard text.uppercased() != "Z" else { return 0 }
    guard let hours = Int(text.dropFirst().prefix(2)), let minutes = Int(text.suffix(2)),
      hours < 24, minutes < 60
    else { return nil }
    return (text.first == "-" ? -1 : 1) * (hours * 60 + minutes)
  }
}
