extension JSONValue {
  /// The first member `key` of an object.
  ///
  /// It compares keys in place and copies nothing but the value that it finds: most lookups find
  /// none.
  func member(_ key: String) -> JSONValue? {
    let tokens = document.tape.tokens.span
    guard tokens.indices.contains(index), tokens[index].kind == .object else { return nil }
    let bytes = document.bytes.span
    let wanted = key.utf8Span.span
    var position = index + 1
    while position < Int(tokens[index].next) {
      let name = tokens[position]
      let isFound =
        name.hasEscapes
        ? JSONValue(document: document, index: position).string == key
        : bytes.extracting(name.range).equals(wanted)
      if isFound { return JSONValue(document: document, index: position + 1) }
      position = Int(tokens[position + 1].next)
    }
    return nil
  }
}
