internal import MCPAdapters

/// Decides which lines are redacted, and redacts them.
///
/// Nobody chose what is in agents' streams, so secrets in them are replaced by default; the line
/// protocol stores what it is given, unless the user asks otherwise.
struct LineRedaction {
  /// Whether lines of the line protocol are redacted as well.
  let coversEverything: Bool

  private var redactor: Redactor?
  private var output: [UInt8] = []

  init(_ policy: RedactionPolicy?) {
    coversEverything = policy != nil
    let policy = policy ?? .secrets
    redactor = policy == .none ? nil : Redactor(policy)
  }

  /// How many secrets were replaced.
  var count: Int { redactor?.counts.total ?? 0 }

  /// The redacted line, or `nil` when there is nothing to replace.
  mutating func redact(_ line: Span<UInt8>) -> [UInt8]? {
    guard let hits = redactor?.redact(line, into: &output), hits > 0 else { return nil }
    return output
  }
}
