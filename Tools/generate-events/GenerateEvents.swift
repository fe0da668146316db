import ArgumentParser

/// Prints the recorded calls of imagined coding agents, one JSON object a line.
@main
struct GenerateEvents: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate-events",
    abstract: "Print reproducible tool calls of coding agents in the line protocol.",
    discussion: """
      The same arguments print the same bytes, always. With the same seed, the events of a \
      smaller --count are the beginning of those of a larger one.

      Example: generate-events --count 1000000 | mcp-sidecar --db load.db
      """
  )

  @OptionGroup var arguments: WorkloadArguments

  @Flag(help: "Print the instances and their relationships first.")
  var kinds = false

  func run() throws {
    let options = arguments.options
    var output = StandardOutput()
    do {
      if kinds { try printTeams(of: options, to: &output) }
      try printEvents(of: options, to: &output)
      try output.write()
    } catch .closed {
      // The reader has what it wanted: `generate-events | head` is not a failure.
    } catch .failed(let errno) {
      throw failure(errno)
    }
  }

  private func printTeams(
    of options: WorkloadOptions,
    to output: inout StandardOutput
  ) throws(StandardOutput.WriteError) {
    for team in Team.all(ofInstances: options.instances) {
      team.appendInstances(at: options.start, to: &output.bytes)
      try output.writeIfFull()
    }
    for team in Team.all(ofInstances: options.instances) {
      team.appendRelationships(at: options.start, to: &output.bytes)
      try output.writeIfFull()
    }
  }

  private func printEvents(
    of options: WorkloadOptions,
    to output: inout StandardOutput
  ) throws(StandardOutput.WriteError) {
    var workload = Workload(options)
    while workload.appendNextEvent(to: &output.bytes) {
      try output.writeIfFull()
    }
  }

  private func failure(_ errno: Int32) -> any Error {
    let reason = StandardOutput.description(of: errno)
    StandardOutput.writeDiagnostic("Error: cannot write to standard output: \(reason)\n")
    return ExitCode(StandardOutput.inputOutputExitCode)
  }
}
