internal import ArgumentParser
internal import MCPAdapters

/// What is replaced, on the command line.
struct RedactionArgument: ExpressibleByArgument {
  let policy: RedactionPolicy

  init?(argument: String) {
    guard let policy = try? RedactionPolicy(parsing: argument) else { return nil }
    self.policy = policy
  }
}
