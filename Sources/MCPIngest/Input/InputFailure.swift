internal import MCPGzip
package import MCPSystem

/// Why a file could not be read to its end; what was read of it before is stored.
package struct InputFailure: Error, CustomStringConvertible, Sendable {
  /// What was in the way, if it was the system; else the file's content is damaged.
  package let systemError: SystemError?
  /// One line for a person.
  package let description: String

  init(_ path: String, _ error: any Error) {
    switch error {
    case let error as InputFailure: self = error
    case let error as SystemError:
      systemError = error
      description = "cannot read \(path): \(error.reason)"
    case let error as GzipError:
      systemError = nil
      description = "cannot read all of \(path): \(error.message)"
    default:
      systemError = nil
      description = "cannot read all of \(path): \(error)"
    }
  }
}
