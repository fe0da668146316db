internal import MCPEvents

extension JSONDocument {
  /// How deep a value may nest that becomes a part of another: with what is put around it, it has
  /// to stay readable.
  private static let embeddedDepth = JSONTape.maximumDepth - 16

  /// Reads a value that stood in a string of another one.
  ///
  /// - Parameter text: The string; `nil` and what is no JSON give no document.
  init?(embedded text: String?) {
    guard let text else { return nil }
    let bytes = Array(text.utf8)
    var tape = JSONTape(recordedDepth: 0, depthLimit: Self.embeddedDepth)
    guard (try? tape.scan(bytes.span)) != nil, let document = try? JSONDocument(bytes.span) else {
      return nil
    }
    self = document
  }
}
