/// Why there is no archive.
package struct ArchiveError: Error, CustomStringConvertible, Sendable {
  /// What was in the way.
  package struct Code: Hashable, Sendable {
    private enum Kind { case exists, name, cannotCreate }
    private let kind: Kind

    /// There is a file of that name.
    package static let exists = Self(kind: .exists)
    /// The name says no layout.
    package static let name = Self(kind: .name)
    /// No file of that name can be made.
    package static let cannotCreate = Self(kind: .cannotCreate)
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
