/// One way to find secrets.
enum SecretRule: Sendable {
  case pattern(SecretPattern)
  case jsonWebToken
  case privateKey
  case userInfo
  case authorization
  case bearer
  case curlUser
  case field(FieldKeyword)

  /// The built-in rules; the more telling one first where two may begin at the same place.
  static let builtIn: [Self] =
    ProviderPatterns.all.map(pattern)
    + [.jsonWebToken, .privateKey, .userInfo, .authorization, .bearer, .curlUser]
    + FieldKeyword.allCases.map(field)

  /// The three bytes one of which is in everything that the rule finds.
  var trigrams: [Trigram] {
    switch self {
    case .pattern(let pattern): pattern.trigrams
    case .jsonWebToken: JSONWebToken.trigrams
    case .privateKey: PrivateKeyBlock.trigrams
    case .userInfo: UserInfo.trigrams
    case .authorization: AuthorizationHeader.trigrams
    case .bearer: BearerToken.trigrams
    case .curlUser: CurlUser.trigrams
    case .field(let keyword): keyword.trigrams
    }
  }

  /// The secret whose three bytes begin at `start`.
  ///
  /// - Parameters:
  ///   - line: The whole line.
  ///   - start: Where one of the ``trigrams`` stands.
  ///   - floor: Where the last match ended; no match begins before it.
  /// - Returns: The secret and its kind; `nil` when the three bytes mean nothing.
  func match(in line: Span<UInt8>, at start: Int, after floor: Int) -> SecretMatch? {
    switch self {
    case .pattern(let pattern):
      pattern.match(in: line, at: start, after: floor)
        .map { SecretMatch(range: $0, kind: pattern.kind) }
    case .jsonWebToken: JSONWebToken.match(in: line, at: start, after: floor)
    case .privateKey: PrivateKeyBlock.match(in: line, at: start, after: floor)
    case .userInfo: UserInfo.match(in: line, at: start)
    case .authorization: AuthorizationHeader.match(in: line, at: start)
    case .bearer: BearerToken.match(in: line, at: start)
    case .curlUser: CurlUser.match(in: line, at: start)
    case .field(let keyword): SensitiveField.match(in: line, keyword, at: start, after: floor)
    }
  }
}

extension [Trigram] {
  /// The trigrams of `texts`, each of three ASCII characters.
  init(of texts: String...) {
    self = texts.map { text in
      let bytes = Array<UInt8>(text.utf8)
      return Trigram(bytes[0], bytes[1], bytes[2])
    }
  }
}
