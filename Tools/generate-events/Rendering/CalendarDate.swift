/// A day of the Gregorian calendar.
struct CalendarDate {
  // An era is 400 years; its years begin in March, so that a leap day is a year's last day.
  private static let daysPerEra = 146_097
  private static let daysFromYearZeroTo1970 = 719_468

  let year: Int
  let month: Int
  let day: Int

  /// Returns nil unless the three name a day that exists.
  init?(year: Int?, month: Int?, day: Int?) {
    guard let year, let month, let day, (1...12).contains(month), day >= 1 else { return nil }
    self.year = year
    self.month = month
    self.day = day
    guard case let same = Self(daysSince1970: daysSince1970), same.day == day else { return nil }
  }

  init(daysSince1970: Int) {
    let days = daysSince1970 + Self.daysFromYearZeroTo1970
    let era = (days >= 0 ? days : days - Self.daysPerEra + 1) / Self.daysPerEra
    let dayOfEra = days - era * Self.daysPerEra
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  var daysSince1970: Int {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let era = (yearFromMarch >= 0 ? yearFromMarch : yearFromMarch - 399) / 400
    let yearOfEra = yearFromMarch - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * Self.daysPerEra + dayOfEra - Self.daysFromYearZeroTo1970
  }
}
