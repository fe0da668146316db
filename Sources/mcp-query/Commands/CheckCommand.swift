internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore

/// Checks the database.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Check the database: the file, the counts of its runs, and every seal.",
    aliases: ["doctor"]
  )

  @OptionGroup var database: DatabaseOptions

  func run() throws {
    let reader = try database.openReader()
    let report = try reader.check()
    guard report.problems.isEmpty else {
      let count = report.problems.count
      let limit = count < CheckReport.mostProblems ? "" : " or more"
      let problems = report.problems.map { TerminalText.escaped($0) }.joined(separator: "\n  ")
      throw CommandError(
        .badData,
        "\(reader.path) has \(count)\(limit) problems:\n  \(problems)"
      )
    }
    var buffer = OutputBuffer()
    let erased = report.erasedEvents > 0 ? ", \(report.erasedEvents) erased" : ""
    try buffer.append(
      "\(TerminalText.escaped(reader.path)) is intact: \(report.events) events\(erased), "
        + "\(report.batches) sealed batches, \(report.runs) runs\n"
    )
    try buffer.flush()
  }
}
