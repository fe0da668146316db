internal import Crypto
internal import FoundationEssentials

/// Encrypts configuration values: AES-256-GCM, a random nonce, the name of the value authenticated.
///
/// A stored value is `v1.<fingerprint of its key>.<nonce, ciphertext and tag in base64>`.
enum ValueCipher {
  private static let version = "v1"

  /// Encrypts the value called `name`.
  static func encrypt(
    _ value: String,
    name: String,
    _ key: EncryptionKey
  ) throws(StoreError) -> String {
    let sealed = try? AES.GCM.seal(
      Array(value.utf8),
      using: SymmetricKey(data: key.bytes),
      authenticating: Array(name.utf8)
    )
    guard let combined = sealed?.combined else {
      throw StoreError(.operationFailed, .key, "cannot encrypt \(name.quotedForMessage)")
    }
    return "\(version).\(key.fingerprint).\(combined.base64EncodedString())"
  }

  /// Decrypts what is stored for the value called `name`.
  static func decrypt(
    _ stored: String,
    name: String,
    _ keys: KeyRing
  ) throws(StoreError) -> String {
    let parts = stored.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == version,
      let combined = Data(base64Encoded: String(parts[2])),
      let box = try? AES.GCM.SealedBox(combined: combined)
    else { throw damaged(name) }
    guard let key = keys.key(parts[1]) else { throw missing(parts[1], name, keys) }
    guard
      let value = try? AES.GCM.open(
        box,
        using: SymmetricKey(data: key.bytes),
        authenticating: Array(name.utf8)
      )
    else { throw damaged(name) }
    return String(decoding: value, as: UTF8.self)
  }

  private static func damaged(_ name: String) -> StoreError {
    StoreError(
      .operationFailed,
      .corrupt,
      "the encrypted value of \(name.quotedForMessage) was changed since it was stored: "
        + "set it again"
    )
  }

  private static func missing(
    _ fingerprint: Substring,
    _ name: String,
    _ keys: KeyRing
  ) -> StoreError {
    let found =
      keys.current.map { "\(keys.place) has key \($0.fingerprint)" }
      ?? "there is no key in \(keys.place)"
    return StoreError(
      .operationFailed,
      .key,
      "\(name.quotedForMessage) was encrypted with key \(fingerprint.prefix(16)), and \(found): "
        + "put the right one back, or name it with MCP_SIDECAR_OLD_KEY"
    )
  }
}
