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
    var unknown: [String] = []
    var seen: Set<String> = []
    for (key, value) in document.root.entries where key != "kind" {
      guard seen.insert(key).inserted || kind.column(key) == nil else {
        throw LineRejection(.duplicateKey, "the key '\(key)' stands there twice")
      }
      guard let column = kind.column(key) else {
        if !Self.archiveKeys.contains(key) { unknown.append(Self.member(key, value)) }
        continue
      }
      if column.role != .assigned { try set(key, column.value(of: value)) }
    }
    for key in kind.keys where self[key.name] == nil {
      throw LineRejection(.missingField, "'\(key.name)' is missing")
    }
    if !unknown.isEmpty, kind.column("metadata") != nil {
      try keep(unknown)
    }
  }

  /// Keys that an archive adds to a record, which are not the record's own.
  private static let archiveKeys: Set<String> = ["origin", "origin_id"]

  private static func member(_ key: String, _ value: JSONValue) -> String {
    JSONText.quoted(key) + ":" + String(decoding: value.json, as: UTF8.self)
  }

  /// Adds the members under the key `extra` of the metadata.
  private mutating func keep(_ members: [String]) throws(LineRejection) {
    let extra = "{\"extra\":{" + members.joined(separator: ",") + "}}"
    guard case .json(let given) = self["metadata"] else {
      return try set("metadata", .mergedJSON(extra))
    }
    guard given.hasPrefix("{") else { return }
    let inner = given.dropFirst().drop { $0 == " " || $0 == "\t" }
    let separator = inner.hasPrefix("}") ? "" : ","
    try set("metadata", .json(extra.dropLast() + separator + inner))
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
    let bytes = Array(json.json)
    switch json.kind {
    case .string: self.init(rfc3339: bytes.span.extracting(1..<bytes.count - 1))
    case .number: self.init(number: bytes.span)
    default: return nil
    }
  }
}

extension JSONValue {
  /// The value's JSON text on one line; of a string that holds an object or array that one.
  fileprivate var embedded: String {
    let literal = String(decoding: json, as: UTF8.self)
    guard let text = string, let first = text.first, first == "{" || first == "[" else {
      return literal
    }
    guard (try? JSONDocument(Array(text.utf8).span)) != nil else { return literal }
    return String(text.map { $0.isNewline ? " " : $0 })
  }
}
