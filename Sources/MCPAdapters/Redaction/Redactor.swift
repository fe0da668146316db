internal import MCPEvents

/// Replaces secrets in raw lines by typed marks, before anything of the lines is kept.
///
/// A value is replaced where it stands, inside its JSON string, so the line keeps its structure and
/// everything else its bytes; a line that was JSON stays JSON. Redacting again changes nothing. What
/// is found is what is very likely a secret: ids, hashes, UUIDs, encoded data and placeholders stay.
///
/// The lines of one input go through one redactor in their order: of a private key that stands in
/// plain text over many lines, it remembers that it is inside. Nothing else is remembered but
/// ``counts``.
package struct Redactor: Sendable {
  /// What was replaced so far.
  package private(set) var counts = RedactionCounts()

  private let scanner: SecretScanner?
  private let paths: PathRedactor?
  private let findsSecrets: Bool
  private static let mostPasses = 8

  private var keyLines = PrivateKeyLines()

  /// Creates a redactor.
  ///
  /// - Parameter policy: What it replaces.
  package init(_ policy: RedactionPolicy) {
    let rules =
      policy.patterns.map(SecretRule.pattern) + (policy.findsSecrets ? SecretRule.builtIn : [])
    scanner = rules.isEmpty ? nil : SecretScanner(rules)
    paths = policy.paths.isEmpty ? nil : PathRedactor(policy.paths)
    findsSecrets = policy.findsSecrets
  }

  /// Replaces the secrets of a line.
  ///
  /// - Parameters:
  ///   - line: The line without its newline; it need not be JSON, nor UTF-8.
  ///   - output: Becomes the redacted line. Without a hit it is not touched: the line is to be
  ///     used as it is.
  /// - Returns: The number of hits.
  package mutating func redact(_ line: Span<UInt8>, into output: inout [UInt8]) -> Int {
    if findsSecrets, let body = keyLines.body(of: line) {
      replace(body, of: line, into: &output)
      return 1
    }
    guard let paths else { return redactText(line, into: &output) }
    var text: [UInt8] = []
    let hits = paths.replace(in: line, into: &text)
    guard hits > 0 else { return redactText(line, into: &output) }
    counts.add(.path, hits)
    let more = redactText(text.span, into: &output)
    if more == 0 { output = text }
    return hits + more
  }

  private mutating func replace(
    _ body: Range<Int>,
    of line: Span<UInt8>,
    into output: inout [UInt8]
  ) {
    output.removeAll(keepingCapacity: true)
    output.append(copying: line.extracting(0..<body.lowerBound))
    output.append(contentsOf: SecretKind.privateKey.mark.utf8)
    output.append(copying: line.extracting(body.upperBound..<line.count))
    counts.add(.privateKey)
  }

  private mutating func redactText(_ line: Span<UInt8>, into output: inout [UInt8]) -> Int {
    guard let scanner else { return 0 }
    var hits = scanner.replace(in: line, into: &output, counting: &counts)
    var more = hits
    for _ in 1..<Self.mostPasses where more > 0 {
      // A mark is a border, and a border may make a token of what stood beside the secret.
      let text = output
      more = scanner.replace(in: text.span, into: &output, counting: &counts)
      hits += more
    }
    return hits
  }
}
