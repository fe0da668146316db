/// The endings of the names of secret fields, found from the last letter to the first.
///
/// Case and the separators `_-.` do not count: `apiKey`, `API_KEY` and `x-api-key` end alike. The
/// longest ending decides, so that `next_page_token` is not taken for a `token`.
struct NameEndings: Sendable {
  /// What an ending says about the value of its field.
  struct Entry: Sendable {
    let kind: SecretKind
    /// `nil` when the value is no secret.
    let meaning: FieldName.Meaning?
  }

  /// For each node and letter the node after it; 0, the root, is nowhere.
  private var nodes: [UInt16] = Array(repeating: 0, count: Self.letters)
  private var entries: [Entry?] = [nil]

  private static let letters = 26

  static let all = Self([
    (.password, .password, "password passwd passphrase pwd"),
    (
      .secret, .token,
      "clientsecret appsecret apisecret consumersecret sharedsecret jwtsecret webhooksecret"
        + " signingsecret sessionsecret cookiesecret totpsecret authsecret"
    ),
    (.secret, .perhapsToken, "secret"),
    (
      .token, .token,
      "accesstoken refreshtoken authtoken apitoken bearertoken sessiontoken oauthtoken idtoken"
        + " bottoken personaltoken servicetoken securitytoken"
    ),
    (.token, .perhapsToken, "token"),
    (
      .token, nil,
      "pagetoken nexttoken continuationtoken progresstoken cancellationtoken canceltoken synctoken"
        + " cursortoken starttoken stoptoken endtoken eostoken bostoken padtoken unktoken"
        + " clienttoken requesttoken resumetoken pertoken maxtoken csrftoken publickeytoken"
        + " startingtoken forwardtoken backwardtoken locktoken changetoken updatetoken unittoken"
        + " importtoken exporttoken actiontoken idempotencytoken"
    ),
    (.awsSecretKey, .token, "secretaccesskey awssecretkey"),
    (.azureKey, .token, "accountkey sharedaccesskey storagekey"),
    (.privateKey, .token, "privatekey"),
    (
      .apiKey, .token,
      "apikey secretkey accesskey authkey encryptionkey signingkey masterkey servicekey"
        + " servicerolekey subscriptionkey appkey applicationkey"
    ),
  ])

  private init(_ rows: [(kind: SecretKind, meaning: FieldName.Meaning?, words: String)]) {
    for row in rows {
      for word in row.words.split(separator: " ") {
        insert(Array(word.utf8), Entry(kind: row.kind, meaning: row.meaning))
      }
    }
  }

  private mutating func insert(_ word: [UInt8], _ entry: Entry) {
    var node = 0
    for byte in word.reversed() {
      let slot = node * Self.letters + Int(byte - UInt8(ascii: "a"))
      if nodes[slot] == 0 {
        nodes[slot] = UInt16(entries.count)
        entries.append(nil)
        nodes += Array(repeating: 0, count: Self.letters)
      }
      node = Int(nodes[slot])
    }
    entries[node] = entry
  }

  /// What the name in `range` says; `nil` when it has none of the endings.
  func entry(of range: Range<Int>, in line: Span<UInt8>) -> Entry? {
    var node = 0
    var longest: Entry?
    for index in stride(from: range.upperBound - 1, through: range.lowerBound, by: -1) {
      let byte = line[index].lowercased
      guard ByteClass.lowercase.contains(byte) else {
        if ByteClass.digits.contains(byte) { break }
        continue
      }
      node = Int(nodes[node * Self.letters + Int(byte - UInt8(ascii: "a"))])
      if node == 0 { break }
      longest = entries[node] ?? longest
    }
    return longest
  }
}
