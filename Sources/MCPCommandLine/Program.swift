package import ArgumentParser
internal import MCPStore
internal import MCPSystem

/// Runs a program's command, and maps its errors to a message and an exit status.
package enum Program {
  /// Parses the command line and runs what it says; does not return.
  ///
  /// - Parameters:
  ///   - root: The command that contains the others.
  ///   - arguments: The words of the command line, without the program's name.
  ///   - ownFailure: What to end with whenever the program itself fails; for commands whose status
  ///     is that of another program.
  package static func run(
    _ root: any ParsableCommand.Type,
    _ arguments: [String],
    ownFailure: Int32? = nil
  ) -> Never {
    // Programs that this one starts get what it was given itself.
    _ = ProcessInheritance.original
    // A closed descriptor 1 or 2 must not become the database.
    try? StandardDescriptors.openMissing()
    // Nobody else may read what is created: databases, archives, backups, keys.
    ProcessEnvironment.setFileCreationMask(0o077)
    BrokenPipes.becomeErrors()
    FileSizeLimit.becomesAnError()
    do {
      var command = try root.parseAsRoot(arguments)
      try command.run()
    } catch {
      if let ownFailure { fail(root, error, with: ownFailure) }
      finish(root, error)
    }
    ProcessExit.now(ExitStatus.done.rawValue)
  }

  private static func fail(
    _ root: any ParsableCommand.Type,
    _ error: any Error,
    with ownFailure: Int32
  ) -> Never {
    switch root.exitCode(for: error) {
    case .success: root.exit(withError: error)
    case .validationFailure: Diagnostics.write(root.fullMessage(for: error, columns: nil))
    default:
      let name = root.configuration.commandName ?? "mcp"
      Diagnostics.write("\(name): \(TerminalText.escaped("\(error)", keepingLines: true))")
    }
    let status = (error as? any OwnFailure)?.ownStatus ?? ownFailure
    ProcessExit.now(status)
  }

  private static func finish(_ root: any ParsableCommand.Type, _ error: any Error) -> Never {
    switch error {
    case let error as CommandError: fail(root, error)
    case let error as StoreError: fail(root, CommandError(error))
    case let error as any ExitStatusError:
      fail(root, CommandError(error.exitStatus, "\(error)"))
    case let error as FilterError: fail(root, CommandError(.usage, error.description))
    case let error as SystemError where error.isBrokenPipe:
      ProcessExit.now(ExitStatus.done.rawValue)
    case let error as SystemError: fail(root, CommandError(error))
    default: root.exit(withError: error)
    }
  }

  /// Says what went wrong, and ends the program; does not return.
  ///
  /// - Parameters:
  ///   - root: The command that contains the others.
  ///   - error: What to say, and what to end with.
  package static func fail(_ root: any ParsableCommand.Type, _ error: CommandError) -> Never {
    let name = root.configuration.commandName ?? "mcp"
    Diagnostics.write("\(name): \(TerminalText.escaped(error.description, keepingLines: true))")
    ProcessExit.now(error.status.rawValue)
  }
}
