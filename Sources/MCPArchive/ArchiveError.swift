/// Why there is no archive.
package struct ArchiveError: Error, CustomStringConvertible, Sendable {
  /// What was in the way.
  package struct Code: Hashable, Sendable {
    private enum Kind { case exists, name }
    private let kind: Kind

    /// There is a file of that name.
    package static let exists = Self(kind: .exists)
    /// The name says no layout.
    package static let name = Self(kind: .name)
  }

  /// What was in the way.
  package let code: Code
  /// What failed, on what, and what to do about it.
  package let description: String

  init(_ code: Code, _ message: String) {
    self.code = code
    description = message
  }
}
