internal import MCPSystem

/// The keys that are at hand: one that encrypts, and older ones that still decrypt.
struct KeyRing {
  var current: EncryptionKey?
  var older: [EncryptionKey] = []
  /// Where a key was looked for, for messages.
  var place: String

  /// The key with a fingerprint.
  func key(_ fingerprint: Substring) -> EncryptionKey? {
    ([current].compactMap(\.self) + older).first { $0.fingerprint == fingerprint }
  }

  /// Finds the keys of a source, without making one.
  static func load(_ source: KeySource) throws(StoreError) -> Self {
    switch source.kind {
    case .keys(let keys):
      return Self(current: keys.first, older: Array(keys.dropFirst()), place: "the given keys")
    case .file(let path):
      let keys = try KeyFile(path).read()
      return Self(current: keys.first, older: Array(keys.dropFirst()), place: path)
    case .standard: return try standard()
    }
  }

  /// The variable alone, if it is set: whoever gives a wrong key is told so.
  private static func standard() throws(StoreError) -> Self {
    let old = [try variable("MCP_SIDECAR_OLD_KEY")].compactMap(\.self)
    if let key = try variable("MCP_SIDECAR_KEY") {
      return Self(current: key, older: old, place: "MCP_SIDECAR_KEY")
    }
    let file = try KeyFile(KeyFile.standardPath).read()
    return Self(current: file.first, older: old + file.dropFirst(), place: KeyFile.standardPath)
  }

  private static func variable(_ name: String) throws(StoreError) -> EncryptionKey? {
    guard let text = ProcessEnvironment.variable(name), !text.isEmpty else { return nil }
    guard let key = EncryptionKey(text) else {
      throw StoreError(
        .operationFailed,
        .key,
        "\(name) must be 64 hexadecimal digits, or the base64 of 32 bytes: "
          + "'openssl rand -hex 32' makes a key"
      )
    }
    return key
  }

  /// The file in which a source keeps its keys, if it keeps any.
  static func file(of source: KeySource) -> KeyFile? {
    switch source.kind {
    case .keys: nil
    case .file(let path): KeyFile(path)
    case .standard:
      (ProcessEnvironment.variable("MCP_SIDECAR_KEY") ?? "").isEmpty
        ? KeyFile(KeyFile.standardPath) : nil
    }
  }

  /// The key that encrypts; the source's file gets one if there is none.
  static func encryptionKey(_ source: KeySource) throws(StoreError) -> EncryptionKey {
    if let key = try load(source).current { return key }
    guard let file = file(of: source) else {
      throw StoreError(.operationFailed, .key, "there is no key to encrypt with: give one")
    }
    try file.create()
    guard let key = try file.read().first else {
      throw StoreError(.operationFailed, .key, "\(file.path) holds no key: delete it")
    }
    return key
  }
}
