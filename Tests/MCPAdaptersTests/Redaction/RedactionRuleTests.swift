import MCPAdapters
import Testing

@Suite struct `Redaction of one line` {
  private static let token = "gh" + "p_" + "x7Kq2mVb9TzR4nWc8YpL5sHd3JfG6aQe1UiO"

  @Test func `names what was there and leaves the rest`() {
    let (line, hits) = redacted(#"{"cmd":"push \#(Self.token)\n","n":1}"#)

    #expect(line == #"{"cmd":"push [REDACTED:github_token]\n","n":1}"#)
    #expect(hits == 1)
  }

  @Test func `counts by kind`() {
    var redactor = Redactor(.secrets)

    _ = redactor.redacted("\(Self.token) \(Self.token) postgres://a:k3y.Value@db/x")

    #expect(redactor.counts[.githubToken] == 2)
    #expect(redactor.counts[.password] == 1)
    #expect(redactor.counts.byKind.map(\.kind) == [.githubToken, .password])
    #expect(redactor.counts.total == 3)
  }

  @Test func `touches nothing when there is nothing`() {
    var redactor = Redactor(.secrets)
    var output: [UInt8] = [1, 2, 3]

    let hits = redactor.redact(Array(#"{"tool":"bash"}"#.utf8).span, into: &output)

    #expect(hits == 0)
    #expect(output == [1, 2, 3])
  }

  @Test func `replaces what the output held before`() {
    var redactor = Redactor(.secrets)
    var output: [UInt8] = [1, 2, 3]

    _ = redactor.redact(Array(Self.token.utf8).span, into: &output)

    #expect(String(decoding: output, as: UTF8.self) == "[REDACTED:github_token]")
  }

  @Test(arguments: [
    (#"{"token":"¤"}"#, "github_token"), ("Authorization: Bearer ¤", "github_token"),
    ("https://x-access-token:¤@github.com/a/b", "github_token"),
    (#"{"password":"a-¤"}"#, "password"),
  ])
  func `prefers the name of the token to that of its field`(around: String, kind: String) {
    let (line, _) = redacted(around.replacing("¤", with: Self.token))

    #expect(line.contains("[REDACTED:\(kind)]"))
  }

  @Test(arguments: [
    #"\n¤"#, #"\t¤"#, #"\\n¤"#, #"\u003d¤"#, #"\u001b[32m¤\u001b[0m"#, #"%3D¤"#, #"\"¤\""#, #"=¤&"#,
    #"https:\/\/¤@host"#,
  ])
  func `knows the escapes around a token`(text: String) {
    let line = #"{"text":"\#(text)"}"#

    let (output, hits) = redacted(line.replacing("¤", with: Self.token))

    #expect(hits == 1)
    #expect(output == line.replacing("¤", with: "[REDACTED:github_token]"))
  }

  @Test func `accepts slashes that JSON escapes`() {
    let (output, _) = redacted(#"{"url":"postgres:\/\/app:k3y.Value@db\/main"}"#)

    #expect(output == #"{"url":"postgres:\/\/app:[REDACTED:password]@db\/main"}"#)
  }

  @Test func `does nothing under the policy none`() {
    #expect(redacted(Self.token, RedactionPolicy.none).hits == 0)
  }

  @Test(arguments: SecretKind.allCases)
  func `writes marks that can stand in any JSON string`(kind: SecretKind) {
    #expect(kind.mark.hasPrefix("[REDACTED:") && kind.mark.hasSuffix("]"))
    #expect(kind.rawValue.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz_".utf8.contains($0) })
  }
}
