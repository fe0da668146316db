internal import Crypto
internal import FoundationEssentials

/// A key for configuration values: 32 random bytes.
public struct EncryptionKey: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The number of bytes.
  public static let byteCount = 32

  let bytes: [UInt8]

  /// Takes the bytes of a key; `nil` if they are not 32.
  public init?(bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Reads a key: 64 hexadecimal digits, or the base64 of 32 bytes.
  ///
  /// `nil` of anything else.
  public init?(_ text: String) {
    if let bytes = Self.bytes(hexadecimal: text) {
      self.init(bytes: bytes)
    } else if let data = Data(base64Encoded: text) {
      self.init(bytes: Array(data))
    } else {
      return nil
    }
  }

  /// Makes a new key of random bytes.
  public static func random() -> Self {
    var generator = SystemRandomNumberGenerator()
    return Self(random: (0..<byteCount).map { _ in UInt8.random(in: 0...255, using: &generator) })
  }

  private init(random bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A few digits that tell keys apart and say nothing about them.
  public var fingerprint: String {
    let digest = SHA256.hash(data: Array("mcp-sidecar key ".utf8) + bytes)
    return Array(digest).prefix(4).map(\.twoHexDigits).joined()
  }

  /// The fingerprint; never the key.
  public var description: String { "EncryptionKey(\(fingerprint))" }

  /// The fingerprint; never the key.
  public var customMirror: Mirror { Mirror(self, children: ["fingerprint": fingerprint]) }

  /// The key as 64 hexadecimal digits, for a key file.
  var hexadecimal: String { bytes.map(\.twoHexDigits).joined() }

  private static func bytes(hexadecimal text: String) -> [UInt8]? {
    let digits = Array(text.utf8)
    guard digits.count == 2 * byteCount else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: digits.count, by: 2) {
      let pair = String(decoding: digits[index...index + 1], as: UTF8.self)
      guard digits[index] != UInt8(ascii: "+"), digits[index] != UInt8(ascii: "-"),
        let byte = UInt8(pair, radix: 16)
      else { return nil }
      bytes.append(byte)
    }
    return bytes
  }
}

extension UInt8 {
  fileprivate var twoHexDigits: String {
    (self < 16 ? "0" : "") + String(self, radix: 16)
  }
}
