private typealias Text = RedactionRandom

extension RedactionCorpus {
  private static let aroundToken = [
    "¤", "export KEY=¤", "key: ¤", "using ¤ now", "curl -H 'X-Key: ¤' https://api.host.io",
    "\"¤\"", "(¤)", "a\n¤\nb", "client('¤')",
  ]

  /// A prefix is written in two parts, so that no scanner takes this file for a leak.
  private static func token(
    _ label: String,
    _ prefix: (String, String),
    _ alphabet: [Character],
    _ count: Int
  ) -> Shape {
    (label, { prefix.0 + prefix.1 + $0.text(alphabet, count) }, aroundToken)
  }

  private static func drawn(
    _ label: String,
    _ draw: @escaping (inout RedactionRandom) -> String
  ) -> Shape {
    (label, draw, aroundToken)
  }

  static var tokens: [Shape] {
    [
      token("aws", ("AK", "IA"), Text.base32, 16),
      token("aws session", ("AS", "IA"), Text.base32, 16),
      token("github classic", ("gh", "p_"), Text.base62, 36),
      token("github oauth", ("gh", "o_"), Text.base62, 36),
      token("github user", ("gh", "u_"), Text.base62, 36),
      token("github server", ("gh", "s_"), Text.base62, 36),
      token("github refresh", ("gh", "r_"), Text.base62, 76),
      drawn("github fine-grained") {
        "github" + "_pat_" + $0.text(Text.base62, 22) + "_" + $0.text(Text.base62, 59)
      },
      token("gitlab", ("gl", "pat-"), Text.base64url, 20),
      drawn("gitlab routable") {
        "gl" + "pat-" + $0.text(Text.base62, 44) + ".01." + $0.text(Text.base36, 9)
      },
      token("gitlab runner", ("gl", "rt-"), Text.base62, 20),
      token("openai project", ("sk-", "proj-"), Text.base64url, 156),
      token("openai service", ("sk-", "svcacct-"), Text.base64url, 120),
      drawn("openai classic") {
        "sk" + "-" + $0.text(Text.base62, 20) + "T3Blbk" + "FJ" + $0.text(Text.base62, 20)
      },
      token("deepseek", ("sk", "-"), Text.hex, 32),
      drawn("anthropic") { "sk-" + "ant-api03-" + $0.text(Text.base64url, 93) + "AA" },
      drawn("anthropic oauth") { "sk-" + "ant-oat01-" + $0.text(Text.base64url, 95) },
      token("openrouter", ("sk-", "or-v1-"), Text.hex, 64),
      token("google api", ("AI", "za"), Text.base64url, 35),
      token("google oauth", ("ya", "29."), Text.base64url, 120),
      token("google client", ("GOC", "SPX-"), Text.base64url, 28),
      drawn("slack bot") {
        "xo" + "xb-" + $0.text(Text.digits, 12) + "-" + $0.text(Text.digits, 13) + "-"
          + $0.text(Text.base62, 24)
      },
      drawn("slack user") {
        "xo" + "xp-" + $0.text(Text.digits, 12) + "-" + $0.text(Text.digits, 12) + "-"
          + $0.text(Text.digits, 13) + "-" + $0.text(Text.hex, 32)
      },
      drawn("slack app") {
        "xa" + "pp-1-A" + $0.text(Text.upperBase36, 10) + "-" + $0.text(Text.digits, 13) + "-"
          + $0.text(Text.hex, 64)
      },
      token("stripe", ("sk_", "live_"), Text.base62, 24),
      token("stripe long", ("sk_", "live_51"), Text.base62, 97),
      token("stripe restricted", ("rk_", "live_"), Text.base62, 24),
      token("stripe webhook", ("wh", "sec_"), Text.base62, 32),
      token("npm", ("np", "m_"), Text.base62, 36),
      token("pypi", ("py", "pi-AgEIcHlwaS5vcmc"), Text.base64url, 140),
      token("hugging face", ("h", "f_"), Text.lower + Text.upper, 34),
      drawn("sendgrid") {
        "S" + "G." + $0.text(Text.base64url, 22) + "." + $0.text(Text.base64url, 43)
      },
      token("twilio", ("S", "K"), Text.hex, 32),
      token("digitalocean", ("do", "p_v1_"), Text.hex, 64),
      drawn("telegram") { $0.text(Text.digits, 10) + ":A" + "A" + $0.text(Text.base64url, 33) },
      token("databricks", ("da", "pi"), Text.hex, 32),
      token("shopify", ("shp", "at_"), Text.hex, 32),
      token("linear", ("lin_", "api_"), Text.base62, 40),
      token("groq", ("gs", "k_"), Text.base62, 52),
      token("vault", ("hv", "s."), Text.base64url, 90),
      token("docker", ("dckr_", "pat_"), Text.base64url, 27),
      drawn("grafana") { "gl" + "sa_" + $0.text(Text.base62, 32) + "_" + $0.text(Text.hex, 8) },
      drawn("azure secret") {
        $0.text(Text.base62, 3) + "8" + "Q~" + $0.text(Text.base62 + "_.-", 33) + "x"
      },
      drawn("jwt", jsonWebToken), drawn("jwt of libsql", libSQLToken),
      drawn("private key", { privateKey("RSA ", &$0) }),
      drawn("private key pkcs8", { privateKey("", &$0) }),
      drawn("private key openssh", { privateKey("OPENSSH ", &$0) }),
    ]
  }

  private static func jsonWebToken(_ random: inout RedactionRandom) -> String {
    let algorithm = random.one(of: ["HS256", "RS256", "ES256"])
    return encoded(#"{"alg":"\#(algorithm)","typ":"JWT"}"#) + "."
      + encoded(#"{"sub":"\#(random.text(Text.digits, 9))","iat":1516239022}"#) + "."
      + random.text(Text.base64url, 43)
  }

  private static func libSQLToken(_ random: inout RedactionRandom) -> String {
    encoded(#"{"typ":"JWT","alg":"EdDSA"}"#) + "."
      + encoded(#"{"a":"rw","iat":17\#(random.text(Text.digits, 8))}"#) + "."
      + random.text(Text.base64url, 86)
  }

  private static func privateKey(_ kind: String, _ random: inout RedactionRandom) -> String {
    let lines =
      (0..<5).map { _ in random.text(Text.base64, 64) } + [random.text(Text.base64, 22) + "=="]
    let label = "\(kind)PRIVATE " + "KEY-----"
    return "-----BEGIN \(label)\n\(lines.joined(separator: "\n"))\n-----END \(label)"
  }

  static func encoded(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var output = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for digit in 0...group.count {
        output.append(Text.base64urlInOrder[bits >> (18 - 6 * digit) & 63])
      }
    }
    return output
  }
}

extension RedactionRandom {
  fileprivate static let base64urlInOrder = upper + lower + digits + "-_"
}
