internal import MCPEvents

/// The members of a JSON object that is being put together, each key once, in order.
struct Members: Sendable {
  private(set) var items: [(key: String, json: [UInt8])] = []
  /// How many bytes a value may have; of a longer one only the beginning is kept, as a text.
  private let limit: Int

  init(limit: Int = .max) {
    self.limit = limit
  }

  var isEmpty: Bool { items.isEmpty }

  /// The number of bytes of all keys and values.
  var size: Int { items.reduce(0) { $0 + $1.key.utf8.count + $1.json.count } }

  /// The JSON text of a member.
  subscript(key: String) -> [UInt8]? { items.first { $0.key == key }?.json }

  /// Sets a member to JSON text, which stands on one line.
  mutating func set(_ key: String, json: [UInt8]) {
    guard json.count <= limit else { return set(key, beginningOf: json) }
    if let index = items.firstIndex(where: { $0.key == key }) {
      items[index].json = json
    } else {
      items.append((key, json))
    }
  }

  private mutating func set(_ key: String, beginningOf json: [UInt8]) {
    let head = String(decoding: json.prefix(limit / 2), as: UTF8.self).prefix(utf8: limit / 4)
    set(key, PlainText.cut(head, to: limit, further: json.count - head.utf8.count))
  }

  /// Sets a member to a text; `nil` changes nothing.
  mutating func set(_ key: String, _ text: String?) {
    guard let text else { return }
    var json: [UInt8] = []
    JSONText.write(Array(text.utf8).span, into: &json)
    set(key, json: json)
  }

  /// Sets a member to a number; `nil` changes nothing.
  mutating func set(_ key: String, _ number: Int64?) {
    guard let number else { return }
    set(key, json: Array(String(number).utf8))
  }

  /// Sets a member to `true` or `false`; `nil` changes nothing.
  mutating func set(_ key: String, _ flag: Bool?) {
    guard let flag else { return }
    set(key, json: Array((flag ? "true" : "false").utf8))
  }

  /// Sets a member to texts; none change nothing.
  mutating func set(_ key: String, _ texts: [String]) {
    guard !texts.isEmpty else { return }
    var json: [UInt8] = [UInt8(ascii: "[")]
    for text in texts {
      if json.count > 1 { json.append(UInt8(ascii: ",")) }
      JSONText.write(Array(text.utf8).span, into: &json)
    }
    json.append(UInt8(ascii: "]"))
    set(key, json: json)
  }

  /// Sets a member to a value of a line; nothing and `null` change nothing.
  mutating func set(_ key: String, _ value: JSONValue?) {
    guard let value, !value.isNull else { return }
    set(key, json: value.lineJSON)
  }

  /// Sets all members of `other`.
  mutating func merge(_ other: Members) {
    for item in other.items { set(item.key, json: item.json) }
  }

  mutating func remove(_ key: String) {
    items.removeAll { $0.key == key }
  }

  /// Appends the JSON object.
  func write(into output: inout [UInt8]) {
    output.append(UInt8(ascii: "{"))
    for (index, item) in items.enumerated() {
      if index > 0 { output.append(UInt8(ascii: ",")) }
      JSONText.write(Array(item.key.utf8).span, into: &output)
      output.append(UInt8(ascii: ":"))
      output.append(contentsOf: item.json)
    }
    output.append(UInt8(ascii: "}"))
  }

  /// The JSON object.
  var json: [UInt8] {
    var output: [UInt8] = []
    write(into: &output)
    return output
  }
}

extension JSONValue {
  /// The JSON text on one line: a raw line break in JSON is white space, never content.
  var lineJSON: [UInt8] {
    let bytes = Array(json)
    guard bytes.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return bytes }
    return bytes.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
  }
}
