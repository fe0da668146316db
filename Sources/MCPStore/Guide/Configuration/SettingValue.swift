internal import MCPEvents

/// A value from a configuration file or from the environment, where everything is text.
enum SettingValue {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case null

  /// Reads a member of a configuration file.
  init?(_ json: JSONValue) {
    switch json.kind {
    case .string: self = .text(json.string ?? "")
    case .number:
      guard let number = json.integer else { return nil }
      self = .number(number)
    case .true: self = .flag(true)
    case .false: self = .flag(false)
    case .null: self = .null
    case .object, .array: return nil
    }
  }

  func text() throws(SettingRefusal) -> String {
    guard case .text(let text) = self else { throw SettingRefusal(expectation: "text") }
    return text
  }

  func flag() throws(SettingRefusal) -> Bool {
    switch self {
    case .flag(let flag): return flag
    case .text("true"), .text("1"), .text("yes"), .text("on"): return true
    case .text("false"), .text("0"), .text("no"), .text("off"): return false
    case .text, .number, .null: throw SettingRefusal(expectation: "true or false")
    }
  }

  func number() throws(SettingRefusal) -> Int {
    switch self {
    case .number(let number): return Int(number)
    case .text(let text):
      guard let number = Int(text) else { throw SettingRefusal(expectation: "a whole number") }
      return number
    case .flag, .null: throw SettingRefusal(expectation: "a whole number")
    }
  }

  func word<Word: RawRepresentable<String> & CaseIterable>() throws(SettingRefusal) -> Word {
    guard case .text(let text) = self, let word = Word(rawValue: text) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: " or ")
      throw SettingRefusal(expectation: words)
    }
    return word
  }

  /// The unit of a bare number.
  enum Unit: String, CaseIterable {
    case milliseconds = "ms"
    case seconds = "s"
    case minutes = "m"
    case hours = "h"
    case days = "d"

    fileprivate var inMilliseconds: Int64 {
      switch self {
      case .milliseconds: 1
      case .seconds: 1000
      case .minutes: 60_000
      case .hours: 3_600_000
      case .days: 86_400_000
      }
    }
  }

  /// A length of time: a number with a unit, such as `250ms`, `10s`, `30m`, `12h` or `7d`, or a
  /// bare number of `unit`.
  func duration(_ unit: Unit) throws(SettingRefusal) -> Duration {
    switch self {
    case .number(let number): return try Self.duration(number, unit)
    case .text(let text):
      let digits = text.prefix { $0.isASCII && $0.isNumber }
      let name = text.dropFirst(digits.count)
      guard let number = Int64(digits),
        let unit = name.isEmpty ? unit : Unit(rawValue: String(name))
      else { break }
      return try Self.duration(number, unit)
    case .flag, .null: break
    }
    throw SettingRefusal(expectation: "a length of time, such as 250ms, 10s, 30m, 12h or 7d")
  }

  /// The same, in seconds; `off`, `never` or null is none.
  func optionalDuration() throws(SettingRefusal) -> Duration? {
    switch self {
    case .null, .flag(false), .text("off"), .text("never"): nil
    case .text, .number, .flag(true): try duration(.seconds)
    }
  }

  private static func duration(
    _ number: Int64,
    _ unit: Unit
  ) throws(SettingRefusal) -> Duration {
    let (product, isTooLarge) = number.multipliedReportingOverflow(by: unit.inMilliseconds)
    guard number >= 0, !isTooLarge else {
      throw SettingRefusal(expectation: "a length of time that is not negative")
    }
    return .milliseconds(product)
  }
}
