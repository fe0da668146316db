/// Writes times as RFC 3339 in UTC; computes the calendar only when the day changes.
struct TimestampRenderer {
  private static let millisecondsPerDay = 86_400_000
  private var day = Int.min
  private var dayText: [UInt8] = []

  mutating func append(milliseconds: Int, to line: inout [UInt8]) {
    let timeOfDay = milliseconds.modulo(Self.millisecondsPerDay)
    let day = (milliseconds - timeOfDay) / Self.millisecondsPerDay
    if day != self.day { remember(day: day) }
    let second = timeOfDay / 1_000
    let fraction = timeOfDay % 1_000
    line += dayText
    line.append(twoDigits: second / 3_600)
    line.append(UInt8(ascii: ":"))
    line.append(twoDigits: second / 60 % 60)
    line.append(UInt8(ascii: ":"))
    line.append(twoDigits: second % 60)
    line.append(UInt8(ascii: "."))
    line.append(twoDigits: fraction / 10)
    line.append(decimal: fraction % 10)
    line.append(UInt8(ascii: "Z"))
  }

  private mutating func remember(day: Int) {
    self.day = day
    let date = CalendarDate(daysSince1970: day)
    dayText.removeAll(keepingCapacity: true)
    dayText.append(twoDigits: date.year / 100)
    dayText.append(twoDigits: date.year % 100)
    dayText.append(UInt8(ascii: "-"))
    dayText.append(twoDigits: date.month)
    dayText.append(UInt8(ascii: "-"))
    dayText.append(twoDigits: date.day)
    dayText.append(UInt8(ascii: "T"))
  }
}

extension Int {
  /// The remainder that is never negative.
  fileprivate func modulo(_ divisor: Int) -> Int {
    let remainder = self % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }
}
