internal import MCPEvents

/// Replaces the values at the user's paths of JSON keys.
struct PathRedactor: Sendable {
  private let paths: [RedactionPath]

  init(_ paths: [RedactionPath]) {
    self.paths = paths
  }

  /// Writes `line` with marks in place of the values, and nothing when there are none.
  ///
  /// - Parameters:
  ///   - line: The line; one that is no JSON has no paths.
  ///   - output: What the result is appended to.
  /// - Returns: The number of hits.
  func replace(in line: Span<UInt8>, into output: inout [UInt8]) -> Int {
    guard line.mayBeJSON else { return 0 }
    return replace(in: line, following: paths.map { PathProgress($0) }, depth: 0, into: &output)
  }

  /// How often JSON may be quoted inside JSON.
  private static let deepestQuoting = 4

  func replace(
    in text: Span<UInt8>,
    following progress: [PathProgress],
    depth: Int,
    into output: inout [UInt8]
  ) -> Int {
    var tape = JSONTape()
    guard depth < Self.deepestQuoting, (try? tape.scan(text)) != nil else { return 0 }
    var walk = PathWalk(redactor: self, tokens: tape.tokens, depth: depth)
    walk.visit(0, of: text, following: progress)
    guard walk.hits > 0 else { return 0 }
    walk.write(text, into: &output)
    return walk.hits
  }
}
