extension JSONValue {
  /// The keys and values of an object, read one after the other; none of another value.
  package var pairs: some Sequence<(key: String, value: JSONValue)> {
    members.lazy.map { _, value in
      (key: JSONValue(document: value.document, index: value.index - 1).string ?? "", value: value)
    }
  }
}
