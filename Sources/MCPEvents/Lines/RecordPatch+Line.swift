extension RecordPatch {
  /// Reads an instance, relationship or issue line.
  ///
  /// Keys that are no columns are kept under `extra` in the metadata, where the table has any.
  init(_ kind: RecordKind, line: Span<UInt8>) throws(LineRejection) {
    let document: JSONDocument
    do throws(JSONError) { document = try JSONDocument(line) } catch {
      throw LineRejection(error, in: line)
    }
    self.init(kind)
    var unknown: [(key: String, value: JSONValue)] = []
    var seen: Set<String> = []
    for (key, value) in document.root.entries {
      let column = kind.column(key)
      guard seen.insert(key).inserted || column == nil && key != "kind" else {
        throw LineRejection(.duplicateKey, "the key '\(key)' stands there twice")
      }
      if let column {
        if column.role != .assigned { try set(key, column.value(of: value)) }
      } else if !Self.lineKeys.contains(key) {
        unknown.append((key, value))
      }
    }
    for key in kind.keys where self[key.name] == nil {
      throw LineRejection(.missingField, "'\(key.name)' is missing")
    }
    if !unknown.isEmpty, kind.column("metadata") != nil {
      try keep(unknown)
    }
  }

  /// Keys of every line, and those that an archive adds to a record.
  private static let lineKeys: Set<String> = ["kind", "origin", "origin_id"]

  /// Adds the members under the key `extra` of the metadata.
  private mutating func keep(
    _ unknown: [(key: String, value: JSONValue)]
  ) throws(LineRejection) {
    guard case .json(let given) = self["metadata"] else {
      let extra = Self.object([("extra", Self.object(unknown.map(Self.member)))])
      return try set("metadata", self["metadata"] == .null ? .json(extra) : .mergedJSON(extra))
    }
    guard let metadata = (try? JSONDocument(Array(given.utf8).span))?.root, metadata.isObject,
      metadata["extra"]?.isObject ?? true
    else {
      throw LineRejection(
        .wrongType,
        "'metadata' and its 'extra' must be objects, because unknown keys are kept there"
      )
    }
    let known = metadata["extra"]?.entries ?? []
    let extra = Self.object((known + unknown).map(Self.member))
    let others = metadata.entries.filter { $0.key != "extra" }.map(Self.member)
    try set("metadata", .json(Self.object(others + [("extra", extra)])))
  }

  private static func member(_ entry: (key: String, value: JSONValue)) -> (String, String) {
    (entry.key, String(decoding: entry.value.json, as: UTF8.self))
  }

  private static func object(_ members: [(key: String, json: String)]) -> String {
    "{" + members.map { JSONText.quoted($0.key) + ":" + $0.json }.joined(separator: ",") + "}"
  }
}

extension Column {
  /// The column's value that a line's JSON value says.
  fileprivate func value(of json: JSONValue) throws(LineRejection) -> ColumnValue {
    if json.isNull { return .null }
    switch content {
    case .identifier, .name, .text, .instanceType, .instanceStatus, .relationshipType:
      guard let text = json.string else {
        throw LineRejection(.wrongType, "'\(name)' must be a string")
      }
      return .text(text)
    case .integer:
      guard let number = json.integer else {
        throw LineRejection(.wrongType, "'\(name)' must be a whole number")
      }
      return .integer(number)
    case .time:
      guard let time = UnixTime(json) else {
        throw LineRejection(.invalidValue, "'\(name)' must be an RFC 3339 time or a Unix time")
      }
      return .integer(time.milliseconds)
    case .json:
      return .json(json.embedded)
    }
  }
}

extension UnixTime {
  /// Reads a time as the line protocol has it: an RFC 3339 string, or a number.
  package init?(_ json: JSONValue) {
    switch json.kind {
    case .string: self.init(rfc3339: Array((json.string ?? "").utf8).span)
    case .number: self.init(number: Array(json.json).span)
    case .object, .array, .true, .false, .null: return nil
    }
  }
}

extension JSONValue {
  /// The value's JSON text; of a string that holds an object or array that one.
  fileprivate var embedded: String {
    let literal = String(decoding: json, as: UTF8.self)
    guard let text = string, let inner = try? JSONDocument(Array(text.utf8).span).root,
      inner.kind == .object || inner.kind == .array
    else { return literal }
    return String(decoding: inner.json, as: UTF8.self)
  }
}
