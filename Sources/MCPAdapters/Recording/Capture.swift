internal import MCPEvents

/// Keeps of arguments and results what a capture level allows.
struct Capture: Sendable {
  private static let argumentLimit = 64 * 1024
  private static let resultLimit = 4 * 1024

  let level: CaptureLevel
  let digest: DigestFunction

  /// The members that keep a call's arguments: as they are, or cut, with their length and digest.
  func arguments(_ json: [UInt8]) -> Members {
    var members = Members()
    switch level {
    case .names: break
    case .all: members.set("arguments", json: json)
    case .args where json.count <= Self.argumentLimit: members.set("arguments", json: json)
    case .args: members = cutArguments(json, to: Self.argumentLimit)
    }
    return members
  }

  /// The members that keep the first bytes of arguments.
  func cutArguments(_ json: [UInt8], to limit: Int) -> Members {
    var members = Members()
    let head = String(decoding: json.prefix(limit + 4), as: UTF8.self).prefix(utf8: limit)
    members.set("arguments", PlainText.cut(head, to: limit, further: json.count - head.utf8.count))
    members.set("arguments_bytes", Int64(json.count))
    members.set("arguments_sha256", hex(json))
    return members
  }

  /// The object that keeps a result: its beginning, its length and its digest.
  func result(_ value: JSONValue?) -> [UInt8]? {
    guard let value, !value.isNull else { return nil }
    if let text = value.string { return result(text) }
    var members = Members()
    let json = value.lineJSON
    switch level {
    case .names: break
    case .args:
      let text = ContentText.text(of: value) ?? String(decoding: json.prefix(8192), as: UTF8.self)
      members.set("text", text.prefix(utf8: Self.resultLimit))
    case .all: members.set("content", json: json)
    }
    members.set("bytes", Int64(json.count))
    members.set("sha256", hex(json))
    return members.json
  }

  /// The object that keeps a result that is a text.
  func result(_ text: String) -> [UInt8] {
    var members = Members()
    switch level {
    case .names: break
    case .args: members.set("text", text.prefix(utf8: Self.resultLimit))
    case .all: members.set("text", text)
    }
    let bytes = Array(text.utf8)
    members.set("bytes", Int64(bytes.count))
    members.set("sha256", hex(bytes))
    return members.json
  }

  /// The SHA-256 as lower-case hexadecimal digits.
  func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var output: [UInt8] = []
    for byte in digest(bytes.span) {
      output.append(digits[Int(byte >> 4)])
      output.append(digits[Int(byte & 15)])
    }
    return String(decoding: output, as: UTF8.self)
  }
}
