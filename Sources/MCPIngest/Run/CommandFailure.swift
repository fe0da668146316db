internal import MCPSystem

/// Why a command could not be run.
package struct CommandFailure: Error, CustomStringConvertible, Sendable {
  /// What the program ends with, as `env`, `nohup` and `timeout` do.
  package enum Status: Int32, Sendable {
    /// This program itself failed.
    case ownFailure = 125
    /// The command is there and cannot be executed.
    case notExecutable = 126
    /// There is no such command.
    case notFound = 127
  }

  package let status: Status
  /// One line for a person.
  package let description: String

  package init(_ status: Status, _ description: String) {
    self.status = status
    self.description = description
  }

  /// Says why a program could not be started.
  init(starting error: SystemError) {
    guard let command = error.path else {
      self.init(.ownFailure, "cannot start a process: \(error.reason)")
      return
    }
    self.init(error.isNotFound ? .notFound : .notExecutable, "\(command): \(error.reason)")
  }
}
