/// A scanned text together with its bytes, for reading by key.
///
/// The hot path uses ``JSONTape`` over borrowed bytes instead; a document copies them once.
package struct JSONDocument: Sendable {
  /// The bytes of the text.
  package private(set) var bytes: [UInt8] = []

  private(set) var tape = JSONTape()

  /// Creates an empty document, to be filled by ``parse(_:)``.
  package init() {}

  /// Creates a document of `text`.
  ///
  /// - Parameter text: One JSON value.
  /// - Throws: A ``JSONError`` where `text` is not JSON.
  package init(_ text: Span<UInt8>) throws(JSONError) {
    try parse(text)
  }

  /// Replaces the text, and keeps the memory.
  ///
  /// - Parameter text: One JSON value.
  /// - Throws: A ``JSONError`` where `text` is not JSON; the document is then empty.
  package mutating func parse(_ text: Span<UInt8>) throws(JSONError) {
    bytes.removeAll(keepingCapacity: true)
    try tape.scan(text)
    bytes.append(copying: text)
  }

  /// The outermost value; `null` of an empty document.
  package var root: JSONValue { JSONValue(document: self, index: 0) }
}
