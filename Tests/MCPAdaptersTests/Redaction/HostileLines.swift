import Foundation

/// Lines made of the parts that the rules look for, in any order.
struct HostileLines {
  private var random: RedactionRandom

  private static let parts = [
    "password", "passwd", "secret", "api_key", "token", "access_token", "pwd", "PASSWORD",
    "Authorization", "Bearer ", "Basic ", "=", ":", ": ", " = ", "\"", "\\", "'", "`", "\n", "\t",
    " ",
    ",", "{", "}", "[", "]", "<", ">", "--", "://", "@", "/", "user:", "[REDACTED:",
    "[REDACTED:token]",
    "-----BEGIN ", "RSA PRIVATE ", "KEY-----", "-----END ", "eyJhbGciOiJIUzI1NiJ9", ".", "curl -u ",
    "k3y-Value9!", "u003d", "\\u003d", "n", "value", "name", "ä", "\u{1F511}", "export ",
    "AccountKey",
    "gh" + "p_", "AK" + "IA", "sk" + "-", "12345678901234567890",
  ]

  init(seed: UInt64) {
    random = RedactionRandom(seed: seed)
  }

  mutating func text() -> [UInt8] { Array(string().utf8) }

  /// One JSON value, some of its strings with JSON inside.
  mutating func json() throws -> [UInt8] { try json(depth: 0) }

  private static let deepest = 3

  private mutating func json(depth: Int) throws -> [UInt8] {
    let options: JSONSerialization.WritingOptions =
      random.next() % 2 == 0 ? [.sortedKeys] : [.sortedKeys, .withoutEscapingSlashes]
    let value = try container(depth: depth)
    return Array(try JSONSerialization.data(withJSONObject: value, options: options))
  }

  private mutating func string() -> String {
    (0..<Int(random.next() % 9)).map { _ in
      random.next() % 4 == 0
        ? random.text(RedactionRandom.base62, 8...50) : random.one(of: Self.parts)
    }.joined()
  }

  private mutating func container(depth: Int) throws -> Any {
    guard random.next() % 2 == 0 else {
      return try (0..<3).map { _ in try value(depth: depth + 1) }
    }
    var object: [String: Any] = [:]
    for _ in 0..<3 { object[string()] = try value(depth: depth + 1) }
    return object
  }

  private mutating func value(depth: Int) throws -> Any {
    switch random.next() % 8 {
    case 0 where depth < Self.deepest: try container(depth: depth)
    case 1 where depth < Self.deepest: String(decoding: try json(depth: depth), as: UTF8.self)
    case 2: Int(random.next() % 1_000_000_000)
    default: string()
    }
  }
}
