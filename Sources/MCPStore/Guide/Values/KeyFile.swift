internal import MCPSystem

/// A file of keys, one a line, that only its owner can read.
struct KeyFile {
  let path: String

  init(_ path: String) {
    self.path = path
  }

  /// The user's own: `${XDG_CONFIG_HOME:-~/.config}/mcp-sidecar/key`.
  static var standardPath: String { ConfigurationDirectory.path + "/key" }

  private static let longestFile = 64 * 1024

  /// The keys in the file; none if there is no file.
  func read() throws(StoreError) -> [EncryptionKey] {
    let (text, permissions): (String, UInt32)
    do throws(SystemError) {
      guard let status = try FileStatus.of(path) else { return [] }
      (text, permissions) = (try content(), status.permissions)
    } catch {
      throw failure("read", error)
    }
    guard permissions & 0o077 == 0 else {
      throw StoreError(
        .operationFailed,
        .key,
        "others may read the key in \(path): run 'chmod 600 \(path)', and 'mcp-sidecar config "
          + "rekey' if they should not have"
      )
    }
    return try keys(in: text)
  }

  private func content() throws(SystemError) -> String {
    let file = try FileDescriptor.open(path, for: .reading)
    var failure: SystemError?
    let bytes = [UInt8](capacity: Self.longestFile) { output in
      do throws(SystemError) { try file.read(at: 0, into: &output) } catch { failure = error }
    }
    if let failure { throw failure }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func keys(in text: String) throws(StoreError) -> [EncryptionKey] {
    var keys: [EncryptionKey] = []
    for line in text.split(whereSeparator: \.isNewline) {
      guard let key = EncryptionKey(String(line)) else {
        throw StoreError(
          .operationFailed,
          .key,
          "\(path) is no key file: each line must be 64 hexadecimal digits"
        )
      }
      keys.append(key)
    }
    return keys
  }

  /// Makes the file with a new key, unless somebody else has just done so.
  func create() throws(StoreError) {
    do throws(SystemError) {
      try write([.random()], isReplacing: false)
    } catch {
      guard error.isAlreadyExists else { throw failure("create", error) }
    }
  }

  /// Puts a new key before the others.
  ///
  /// - Returns: The new key.
  func rotate() throws(StoreError) -> EncryptionKey {
    let key = EncryptionKey.random()
    let older = try read()
    do throws(SystemError) {
      try write([key] + older, isReplacing: true)
    } catch {
      throw failure("write", error)
    }
    return key
  }

  private func write(_ keys: [EncryptionKey], isReplacing: Bool) throws(SystemError) {
    try FileSystem.createDirectories(FileSystem.parent(of: path))
    var file = try AtomicFile(for: path)
    let text = keys.map { $0.hexadecimal + "\n" }.joined()
    try file.write(Array(text.utf8).span)
    try file.commit(replacing: isReplacing)
  }

  private func failure(_ verb: String, _ error: SystemError) -> StoreError {
    StoreError(
      .operationFailed,
      .key,
      "cannot \(verb) the key file \(path): \(error.reason)",
      cause: error
    )
  }
}

/// Where the programs keep what is the user's own.
enum ConfigurationDirectory {
  /// `${XDG_CONFIG_HOME:-~/.config}/mcp-sidecar`.
  static var path: String {
    let base = ProcessEnvironment.variable("XDG_CONFIG_HOME").flatMap { $0.isEmpty ? nil : $0 }
    return (base ?? (ProcessEnvironment.homeDirectory ?? "") + "/.config") + "/mcp-sidecar"
  }
}
