/// Why a text names no time.
public struct TimeSpecError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong and what would be right, without line breaks.
  public let message: String

  /// The message.
  public var description: String { message }

  private static let forms = """
    use a date (2026-11-22), a month (2026-11), RFC 3339 (2026-11-22T09:14:03Z), \
    an age (90s, 30m, 2h, 7d, 2w), now, today, yesterday, or Unix seconds (@1795338843)
    """

  private init(_ text: String, _ problem: String) {
    message = JSONText.quoted(String(text.prefix(64))) + " " + problem + "; " + Self.forms
  }

  static func unknownForm(_ text: String) -> Self { Self(text, "is no time") }

  static func noSuchDate(_ text: String) -> Self { Self(text, "is not in the calendar") }

  static func outOfRange(_ text: String) -> Self {
    Self(text, "is outside of the years 0000 to 9999")
  }
}
