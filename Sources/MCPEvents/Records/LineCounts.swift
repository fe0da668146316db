/// How many lines were read, and what became of them: each line counts once.
public struct LineCounts: Hashable, Sendable {
  /// Lines that created, opened or closed at least one record.
  public var events: Int64 = 0
  /// Lines whose records were all known.
  public var duplicates: Int64 = 0
  /// Lines of a known format that hold no record.
  public var ignored: Int64 = 0
  /// Lines of nothing but white space.
  public var blank: Int64 = 0
  /// Lines that are kept as they were, with the reason.
  public var rejected: Int64 = 0

  /// Creates counts of zero.
  public init() {}

  /// The number of lines read: the sum of the five.
  public var lines: Int64 { events + duplicates + ignored + blank + rejected }

  /// Adds the counts of `other`.
  public static func += (lhs: inout Self, rhs: Self) {
    lhs.events += rhs.events
    lhs.duplicates += rhs.duplicates
    lhs.ignored += rhs.ignored
    lhs.blank += rhs.blank
    lhs.rejected += rhs.rejected
  }
}
