/// Why a `--redact` argument is none.
package struct RedactionPolicyError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong.
  package enum Code: Hashable, Sendable {
    /// An item that is neither `secrets`, `none`, `path:…` nor `pattern:…`.
    case unknownItem
    /// `none` together with something else.
    case contradiction
    /// A pattern that cannot be read.
    case badPattern
    /// A pattern without three characters in a row by which to find it.
    case tooVague
    /// A path without a name, or with an empty one.
    case badPath
  }

  package let code: Code

  /// What is wrong and what to write instead.
  package let description: String

  init(_ code: Code, _ description: String) {
    self.code = code
    self.description = description
  }
}
