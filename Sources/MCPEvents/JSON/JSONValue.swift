/// A value in a ``JSONDocument``.
///
/// Reading never fails: what is missing, or is of another type, is `nil`.
package struct JSONValue: Sendable {
  let document: JSONDocument
  let index: Int

  private var token: JSONToken? {
    document.tape.tokens.indices.contains(index) && !document.bytes.isEmpty
      ? document.tape.tokens[index] : nil
  }

  /// What kind of value it is.
  package var kind: JSONToken.Kind { token?.kind ?? .null }

  /// The value's JSON text as it stands in the document.
  package var json: ArraySlice<UInt8> { token.map { document.bytes[$0.literalRange] } ?? [] }

  /// The text of a string.
  package var string: String? {
    guard let token, token.kind == .string else { return nil }
    return document.text(of: token)
  }

  /// The value of a number without fraction and exponent that fits.
  package var integer: Int64? {
    guard let token, token.kind == .number else { return nil }
    return document.bytes.span.extracting(token.range).integer
  }

  /// The value of a number, rounded to the nearest double.
  package var double: Double? {
    guard let token, token.kind == .number else { return nil }
    return Double(String(decoding: document.bytes[token.range], as: UTF8.self))
  }

  /// The value of `true` or `false`.
  package var bool: Bool? {
    switch kind {
    case .true: true
    case .false: false
    default: nil
    }
  }

  /// Whether the value is `null`.
  package var isNull: Bool { kind == .null }

  /// Whether the value is an object.
  package var isObject: Bool { kind == .object }

  /// The member `key` of an object; the first of several with one key.
  package subscript(key: String) -> JSONValue? {
    guard let token, token.kind == .object else { return nil }
    var position = index + 1
    while position < Int(token.next) {
      if document.isKey(position, key) {
        return JSONValue(document: document, index: position + 1)
      }
      position = Int(document.tape.tokens[position + 1].next)
    }
    return nil
  }

  /// The elements of an array; none of another value.
  package var elements: some Sequence<JSONValue> {
    let range = kind == .array ? index + 1..<Int(token?.next ?? 0) : 0..<0
    return sequence(state: range.lowerBound) { position in
      guard position < range.upperBound else { return nil }
      defer { position = Int(document.tape.tokens[position].next) }
      return JSONValue(document: document, index: position)
    }
  }

  /// The members of an object in their order; none of another value.
  var members: some Sequence<(JSONToken, JSONValue)> {
    let range = kind == .object ? index + 1..<Int(token?.next ?? 0) : 0..<0
    return sequence(state: range.lowerBound) { position in
      guard position < range.upperBound else { return nil }
      let name = document.tape.tokens[position]
      let value = JSONValue(document: document, index: position + 1)
      position = Int(document.tape.tokens[position + 1].next)
      return (name, value)
    }
  }

  /// The keys and values of an object in their order; none of another value.
  package var entries: [(key: String, value: JSONValue)] {
    members.map { (key: document.text(of: $0), value: $1) }
  }
}

extension JSONDocument {
  fileprivate func text(of token: JSONToken) -> String {
    guard token.hasEscapes else { return String(decoding: bytes[token.range], as: UTF8.self) }
    var output: [UInt8] = []
    JSONText.unescape(bytes.span.extracting(token.range), into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  fileprivate func isKey(_ position: Int, _ key: String) -> Bool {
    let name = tape.tokens[position]
    if name.hasEscapes { return text(of: name).utf8.elementsEqual(key.utf8) }
    return bytes.span.extracting(name.range).equals(key.utf8.span)
  }
}
