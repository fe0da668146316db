/// Where the key for encrypted configuration values comes from.
public struct KeySource: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case standard
    case file(String)
    case keys([EncryptionKey])
  }

  let kind: Kind

  /// The environment variable `MCP_SIDECAR_KEY`, else the user's own key file.
  ///
  /// The variable holds 64 hexadecimal digits or the base64 of 32 bytes. The file is
  /// `${XDG_CONFIG_HOME:-~/.config}/mcp-sidecar/key`; it is created when it is first needed, for its
  /// owner only. `MCP_SIDECAR_OLD_KEY` may name a key that values were encrypted with before.
  public static let standard = Self(kind: .standard)

  /// A key file, which is created when it is first needed.
  ///
  /// Each line is a key. The first one encrypts; the others are older ones that still decrypt.
  public static func file(_ path: String) -> Self { Self(kind: .file(path)) }

  /// Keys that the program has from elsewhere.
  ///
  /// The first one encrypts; the others still decrypt.
  public static func keys(_ keys: [EncryptionKey]) -> Self { Self(kind: .keys(keys)) }
}
