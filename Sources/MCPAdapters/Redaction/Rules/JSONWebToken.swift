/// A JSON web token: three or five parts of base64url, the first of which is a JSON header.
enum JSONWebToken {
  /// `{"` in base64url, and the first letter of any lower-case name.
  static let trigrams = "hijklmnopqrstuvwxyz0123456".utf8.map {
    Trigram(UInt8(ascii: "y"), UInt8(ascii: "J"), $0)
  }

  static func match(in line: Span<UInt8>, at start: Int, after floor: Int) -> SecretMatch? {
    let start = start - 1
    guard start >= floor, line[start] == UInt8(ascii: "e"),
      line.isTokenStart(start, after: floor),
      let end = endOfParts(in: line, from: start)
    else { return nil }
    return SecretMatch(range: start..<end, kind: .jsonWebToken)
  }

  private static let minimumHeader = 16
  private static let minimumPayload = 8
  private static let minimumSignature = 20

  private static func endOfParts(in line: Span<UInt8>, from start: Int) -> Int? {
    let header = line.end(of: .dashedWord, from: start)
    guard header - start >= minimumHeader,
      let payload = endOfPart(in: line, after: header, atLeast: minimumPayload),
      let signature = endOfPart(in: line, after: payload, atLeast: minimumSignature),
      isHeader(line.extracting(start..<header))
    else { return endOfEncrypted(in: line, from: start, header: header) }
    guard let tag = endOfPart(in: line, after: signature, atLeast: minimumPayload) else {
      return signature
    }
    return endOfPart(in: line, after: tag, atLeast: minimumPayload) ?? tag
  }

  /// The end of an encrypted token whose second part, the key, is empty: `header..iv.text.tag`.
  private static func endOfEncrypted(in line: Span<UInt8>, from start: Int, header: Int) -> Int? {
    guard header - start >= minimumHeader,
      let key = endOfPart(in: line, after: header, atLeast: 0), key == header + 1,
      let vector = endOfPart(in: line, after: key, atLeast: minimumPayload),
      let text = endOfPart(in: line, after: vector, atLeast: 1),
      let tag = endOfPart(in: line, after: text, atLeast: minimumPayload),
      isHeader(line.extracting(start..<header))
    else { return nil }
    return tag
  }

  private static func endOfPart(in line: Span<UInt8>, after end: Int, atLeast: Int) -> Int? {
    guard end < line.count, line[end] == UInt8(ascii: ".") else { return nil }
    let next = line.end(of: .dashedWord, from: end + 1)
    return next - end - 1 >= atLeast ? next : nil
  }

  private static let algorithmName = Array("\"alg\"".utf8)
  private static let longestHeader = 4_096

  private static func isHeader(_ part: Span<UInt8>) -> Bool {
    guard part.count <= longestHeader, let text = Base64.decode(part) else { return false }
    return text.first == UInt8(ascii: "{")
      && text.span.containsFolded(algorithmName, in: 0..<text.count)
  }
}
