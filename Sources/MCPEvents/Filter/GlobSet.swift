/// The values of one filter flag: a text must match one of the globs, and none of the excluded.
///
/// Without globs that include, everything that is not excluded matches; without any, everything.
public struct GlobSet: Hashable, Sendable {
  /// The globs of which one must match, if there are any.
  public let included: [Glob]

  /// The globs of which none may match.
  public let excluded: [Glob]

  /// Reads the values of a flag that may be repeated.
  ///
  /// - Parameter values: Each a glob, or `!` and a glob to exclude; `\!` begins a glob with `!`.
  public init(_ values: [String] = []) {
    included = values.filter { !$0.hasPrefix("!") }.map { Glob($0) }
    excluded = values.filter { $0.hasPrefix("!") }.map { Glob(String($0.dropFirst())) }
  }

  /// Whether everything matches.
  public var isEmpty: Bool { included.isEmpty && excluded.isEmpty }

  /// Whether a record matches that has no text there.
  public var matchesAbsent: Bool { included.isEmpty }

  /// Returns whether a text matches.
  ///
  /// - Parameter text: The text; `nil` when there is none, see ``matchesAbsent``.
  /// - Returns: Whether it matches.
  public func matches(_ text: String?) -> Bool {
    guard let text else { return matchesAbsent }
    return matches(text.utf8.span)
  }

  /// Returns whether a text matches.
  ///
  /// - Parameter text: The bytes of the text.
  /// - Returns: Whether it matches.
  public func matches(_ text: Span<UInt8>) -> Bool {
    for glob in excluded where glob.matches(text) { return false }
    for glob in included where glob.matches(text) { return true }
    return included.isEmpty
  }
}
