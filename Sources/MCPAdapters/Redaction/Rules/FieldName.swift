/// The name of a field: `DB_PASSWORD`, `"apiKey"`, `--client-secret`.
struct FieldName {
  /// How much the name says about the value.
  enum Meaning: Sendable {
    /// The value is a password, which may be any text.
    case password
    /// The value is a key or a token.
    case token
    /// The value may be one, if it looks like one.
    case perhapsToken
  }

  private struct Ending: Sendable {
    let text: [UInt8]
    let kind: SecretKind
    let meaning: Meaning?
  }

  let range: Range<Int>
  let kind: SecretKind
  let meaning: Meaning

  /// Whether the name is an option of a command, `--name`.
  let isOption: Bool

  /// Whether it is written as environment variables are.
  let isCapital: Bool

  private static let longestName = 64

  /// The name that ends with the keyword at `keywordRange`; `nil` when its value is no secret.
  init?(
    in line: Span<UInt8>,
    _ keyword: FieldKeyword,
    at keywordRange: Range<Int>,
    after floor: Int
  ) {
    let start = Self.start(in: line, before: keywordRange.lowerBound, after: floor)
    let range = start..<keywordRange.upperBound
    // A part of `AWS::ApiGateway::ApiKey` or `arn:…:secret:…` is no name of a field.
    if start > 0, line[start - 1] == UInt8(ascii: ":") { return nil }
    guard let ending = Self.endings[keyword]?.first(where: { line.ends(range, with: $0.text) }),
      let meaning = ending.meaning
    else { return nil }
    self.range = range
    kind = ending.kind
    self.meaning = meaning
    isOption = line.has("--".utf8, at: start)
    isCapital = !range.contains { ByteClass.lowercase.contains(line[$0]) }
  }

  private static func start(in line: Span<UInt8>, before end: Int, after floor: Int) -> Int {
    let start = line.start(of: .name, before: end, after: floor, limit: longestName)
    for index in stride(from: end, to: start, by: -1) where line.endsEscape(at: index) {
      return index
    }
    return start
  }

  private static func row(_ kind: SecretKind, _ meaning: Meaning?, _ words: String) -> [Ending] {
    words.split(separator: " ").map { Ending(text: Array($0.utf8), kind: kind, meaning: meaning) }
  }

  /// The endings of names without their `_-.`, the first that fits counts.
  private static let endings: [FieldKeyword: [Ending]] = [
    .password: row(.password, .password, "password"),
    .passwd: row(.password, .password, "passwd"),
    .passphrase: row(.password, .password, "passphrase"),
    .pwd: row(.password, .password, "pwd"),
    .secret: row(
      .secret,
      .token,
      "clientsecret appsecret apisecret consumersecret sharedsecret jwtsecret webhooksecret"
        + " signingsecret sessionsecret cookiesecret totpsecret authsecret"
    ) + row(.secret, .perhapsToken, "secret"),
    .token: row(
      .token,
      nil,
      "pagetoken nexttoken continuationtoken progresstoken cancellationtoken canceltoken synctoken"
        + " cursortoken starttoken stoptoken endtoken eostoken bostoken padtoken unktoken"
        + " clienttoken requesttoken resumetoken pertoken maxtoken csrftoken publickeytoken"
        + " startingtoken forwardtoken backwardtoken locktoken changetoken updatetoken unittoken"
        + " importtoken exporttoken actiontoken idempotencytoken"
    )
      + row(
        .token,
        .token,
        "accesstoken refreshtoken authtoken apitoken bearertoken sessiontoken oauthtoken idtoken"
          + " bottoken personaltoken servicetoken securitytoken"
      ) + row(.token, .perhapsToken, "token"),
    .key: row(.awsSecretKey, .token, "secretaccesskey awssecretkey")
      + row(.azureKey, .token, "accountkey sharedaccesskey storagekey")
      + row(.privateKey, .token, "privatekey")
      + row(
        .apiKey,
        .token,
        "apikey secretkey accesskey authkey encryptionkey signingkey masterkey servicekey"
          + " servicerolekey subscriptionkey appkey applicationkey"
      ),
  ]
}

extension Span<UInt8> {
  /// Whether the name in `range` ends with `text`, whatever its case and its separators.
  fileprivate func ends(_ range: Range<Int>, with text: [UInt8]) -> Bool {
    var rest = text[...]
    var index = range.upperBound
    while let last = rest.last {
      guard index > range.lowerBound else { return false }
      index -= 1
      if self[index] == UInt8(ascii: "_") || self[index] == UInt8(ascii: "-") { continue }
      guard self[index].lowercased == last else { return false }
      rest.removeLast()
    }
    return true
  }
}
