internal import MCPEvents

extension RecordPatch {
  /// Sets a column to a text, if there is one.
  mutating func give(_ name: String, _ text: String?) throws(LineRejection) {
    if let text { try set(name, .text(text)) }
  }

  /// Sets a column to a number, if there is one.
  mutating func give(_ name: String, _ number: Int?) throws(LineRejection) {
    if let number { try set(name, .integer(Int64(number))) }
  }

  /// Sets a column to a time, if there is one.
  mutating func give(_ name: String, _ time: UnixTime?) throws(LineRejection) {
    if let time { try set(name, .integer(time.milliseconds)) }
  }

  /// Sets a column to JSON text, if there is any: on one line, for line breaks in JSON are white
  /// space.
  mutating func give(_ name: String, json text: String?) throws(LineRejection) {
    if let text { try set(name, .json(text.onOneLine)) }
  }
}

extension String {
  /// The text with spaces for its line breaks.
  var onOneLine: String {
    guard utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) else { return self }
    return String(decoding: utf8.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }, as: UTF8.self)
  }
}
