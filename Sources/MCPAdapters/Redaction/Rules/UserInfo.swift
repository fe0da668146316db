internal import MCPEvents

/// The password in `scheme://user:password@host`.
enum UserInfo {
  static let trigrams = [Trigram](of: "://", "\\/\\")

  private static let longestPart = 512
  private static let schemeEnds = ["://", ":\\/\\/"].map { Array($0.utf8) }

  /// Passwords of examples and of databases that nobody but their developer can reach.
  private static let trivial = [
    "password", "passwd", "pass", "pwd", "secret", "token", "pw", "postgres", "root", "guest",
    "admin",
    "user", "test", "x-oauth-basic", "changeme", "x",
  ].map { Array($0.utf8) }

  private static let ends = ByteClass(" \t\"'`<>\\/,;()[]{}|^\u{7F}".utf8)

  static func match(in line: Span<UInt8>, at start: Int) -> SecretMatch? {
    let start = line[start] == UInt8(ascii: ":") ? start : start - 1
    guard start > 0, isLetterOrDigit(line[start - 1]),
      let schemeEnd = schemeEnds.first(where: { line.has($0, at: start) })
    else { return nil }
    let user = start + schemeEnd.count
    guard let colon = end(of: user, in: line, before: ":"),
      let at = end(of: colon + 1, in: line, before: "@"),
      isSecret(colon + 1..<at, user: user..<colon, in: line),
      isHost(at + 1, in: line)
    else { return nil }
    let range = colon + 1..<at
    return SecretMatch(range: range, kind: line.tokenKind(of: range) ?? .password)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    ByteClass.letters.contains(byte) || ByteClass.digits.contains(byte)
  }

  /// The index of `mark`, if only characters of a user or a password stand before it.
  private static func end(of start: Int, in line: Span<UInt8>, before mark: Unicode.Scalar) -> Int?
  {
    var index = start
    while index < line.count, index - start < longestPart {
      let byte = line[index]
      if byte == UInt8(ascii: mark) { return index }
      guard byte > 0x20, !ends.contains(byte), byte != UInt8(ascii: "@") else { return nil }
      index += 1
    }
    return nil
  }

  private static func isSecret(
    _ range: Range<Int>,
    user: Range<Int>,
    in line: Span<UInt8>
  ) -> Bool {
    guard range.count >= 3, !line.isPlaceholder(range),
      !line.extracting(range).equals(line.extracting(user))
    else { return false }
    let shape = ValueShape(of: line, range)
    return shape.distinct >= 3 && shape.count > shape.symbols
      && !trivial.contains { $0.count == range.count && line.hasFolded($0, at: range.lowerBound) }
  }

  private static let noHosts = ["sha256:", "sha512:", "example."].map { Array($0.utf8) }

  /// Whether a host may begin at `start`: no documentation's `example.com` (RFC 2606), and not the
  /// digest of `docker://alpine:3@sha256:…`.
  private static func isHost(_ start: Int, in line: Span<UInt8>) -> Bool {
    guard start < line.count else { return false }
    let first = line[start]
    return (isLetterOrDigit(first) || first == UInt8(ascii: "["))
      && !noHosts.contains { line.has($0, at: start) }
  }
}
