import MCPAdapters
import Testing

@Suite struct `Redaction of private keys in plain text` {
  private static let label = "RSA PRIVATE " + "KEY-----"
  private static let first = "-----BEGIN " + label
  private static let last = "-----END " + label
  private static let mark = "[REDACTED:private_key]"
  private let body: [String]

  init() {
    var random = RedactionRandom(seed: 7)
    body = (0..<3).map { _ in random.text(RedactionRandom.base64, 64) } + ["q83vEjRWeJA="]
  }

  private func lines(_ lines: [String]) -> [String] {
    var redactor = Redactor(.secrets)
    return lines.map { redactor.redacted($0).line }
  }

  @Test func `replaces each line of the body`() {
    let output = lines([Self.first] + body + [Self.last, body[0]])

    #expect(output == [Self.first] + body.map { _ in Self.mark } + [Self.last, body[0]])
  }

  @Test func `keeps the headers of an encrypted key`() {
    let headers = ["Proc-Type: 4,ENCRYPTED", "DEK-Info: AES-128-CBC,0A", ""]

    let output = lines([Self.first] + headers + body)

    #expect(output == [Self.first] + headers + body.map { _ in Self.mark })
  }

  @Test func `keeps the white space around the body`() {
    #expect(lines(["key: |", "  \(Self.first)", "  \(body[0])\r"]).last == "  \(Self.mark)\r")
  }

  @Test(arguments: ["done", "{\"a\":1}", "see above and below this line, please"])
  func `ends where another line begins`(line: String) {
    #expect(lines([Self.first, line, body[0]]) == [Self.first, line, body[0]])
  }

  @Test func `leaves the lines of a certificate`() {
    let certificate = ["-----BEGIN CERTIFICATE-----"] + body

    #expect(lines(certificate) == certificate)
  }
}
