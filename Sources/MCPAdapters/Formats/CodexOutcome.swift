internal import MCPEvents

/// Finds out how an item of Codex ended: those of its stream, and those of its session files.
enum CodexOutcome {
  private static let tailLimit = 4000

  static func read(
    _ item: JSONValue,
    _ type: String,
    into facts: inout CallFacts,
    _ context: LineContext
  ) {
    facts.outcome = outcome(of: item)
    facts.exitCode = item.integer("exit_code")
    let output =
      item["aggregated_output"] ?? item["result"] ?? item["results"] ?? item["content_items"]
    facts.result = context.capture.result(output)
    guard facts.outcome != .ok else { return }
    let error = item.present("error")
    let message = error.flatMap { $0.text("message") ?? $0.string }
    if message == nil, let code = facts.exitCode {
      facts.fail(exit(code, output: output?.string ?? ""))
    } else {
      facts.fail(message, ContentText.text(of: output), output?.string, item.text("status"))
    }
    if type.hasPrefix("mcp") || type.hasPrefix("Mcp") {
      facts.errorType = message == nil ? "tool_error" : nil
    }
  }

  /// What is said of a command that ended with `code`: the end of its output tells why.
  static func exit(_ code: Int64, output: String) -> String {
    let output = PlainText.trimmed(output)
    return output.isEmpty
      ? "exit code \(code)" : "exit code \(code): \(PlainText.tail(output, to: tailLimit))"
  }

  private static func outcome(of item: JSONValue) -> Outcome {
    switch item.text("status") {
    case "completed", nil: item["success"]?.bool == false ? .error : .ok
    case "failed": .error
    case "declined": .denied
    case "cancelled", "interrupted", "aborted": .cancelled
    case "in_progress", "inProgress": .incomplete
    default: .unknown
    }
  }
}
