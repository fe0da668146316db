/// Where the expectations, a plain reading by a script, are not what should be recorded.
enum Disagreements {
  static func correct(_ expected: inout [Samples.Expectation], of name: String) {
    for index in expected.indices {
      // Of the two ids in one object the first is the item's; the script kept the last.
      if expected[index].call == "ws_1" { expected[index].call = "item_2" }
      // A command without output has nothing after the colon.
      if expected[index].error == "exit code 42: " {
        expected[index].error = "exit code 42"
      }
    }
    guard name.hasSuffix("synthetic-edge-cases.jsonl") else { return }
    for index in expected.indices {
      // A later line says that the task was completed.
      if expected[index].tool == "tasky" { expected[index].outcome = "ok" }
      // What the client gave as its reason says why there is no result.
      if expected[index].outcome == "cancelled" {
        expected[index].error = "User requested cancellation"
      }
    }
  }

  /// Calls that the script does not look for.
  static func further(in name: String) -> [String] {
    switch name {
    // A shell command without output, and a search, which are calls like others.
    case "codex-rollout/synthetic-legacy-events.jsonl":
      ["web_search web_search", "call_D local_shell"]
    default: []
    }
  }
}
