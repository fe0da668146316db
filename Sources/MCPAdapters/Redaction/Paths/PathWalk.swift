internal import MCPEvents

/// One walk through the values of a JSON text, collecting what to put in their place.
struct PathWalk {
  let redactor: PathRedactor
  let tokens: [JSONToken]
  let depth: Int

  private(set) var hits = 0
  private var replacements: [(range: Range<Int>, text: [UInt8])] = []

  private static let mark = Array("\"\(SecretKind.path.mark)\"".utf8)

  init(redactor: PathRedactor, tokens: [JSONToken], depth: Int) {
    self.redactor = redactor
    self.tokens = tokens
    self.depth = depth
  }

  mutating func visit(_ index: Int, of text: Span<UInt8>, following progress: [PathProgress]) {
    let token = tokens[index]
    switch token.kind {
    case .object: visitMembers(of: token, at: index, of: text, following: progress)
    case .array:
      var element = index + 1
      while element < Int(token.next) {
        visit(element, of: text, following: progress)
        element = Int(tokens[element].next)
      }
    case .string: visitString(token, of: text, following: progress)
    case .number, .true, .false, .null: break
    }
  }

  private mutating func visitMembers(
    of object: JSONToken,
    at index: Int,
    of text: Span<UInt8>,
    following progress: [PathProgress]
  ) {
    var key = index + 1
    while key < Int(object.next) {
      var name: [UInt8] = []
      JSONText.unescape(text.extracting(tokens[key].range), into: &name)
      var next = progress
      var isEnd = false
      for path in next.indices where next[path].follow(name) { isEnd = true }
      if isEnd {
        replace(tokens[key + 1], of: text)
      } else {
        visit(key + 1, of: text, following: next)
      }
      key = Int(tokens[key + 1].next)
    }
  }

  private mutating func replace(_ value: JSONToken, of text: Span<UInt8>) {
    let range = value.literalRange
    guard value.kind != .null, !text.extracting(range).equals(Self.mark.span) else { return }
    replacements.append((range, Self.mark))
    hits += 1
  }

  /// Looks into a string that holds a JSON object or array, as arguments often do.
  private mutating func visitString(
    _ token: JSONToken,
    of text: Span<UInt8>,
    following progress: [PathProgress]
  ) {
    guard let first = token.range.first,
      text[first] == UInt8(ascii: "{") || text[first] == UInt8(ascii: "[")
    else { return }
    var inner: [UInt8] = []
    JSONText.unescape(text.extracting(token.range), into: &inner)
    var output: [UInt8] = []
    let more = redactor.replace(
      in: inner.span,
      following: progress,
      depth: depth + 1,
      into: &output
    )
    guard more > 0 else { return }
    var quoted: [UInt8] = []
    JSONText.write(output.span, into: &quoted)
    replacements.append((token.literalRange, quoted))
    hits += more
  }

  func write(_ text: Span<UInt8>, into output: inout [UInt8]) {
    var end = 0
    for (range, replacement) in replacements {
      output.append(copying: text.extracting(end..<range.lowerBound))
      output.append(contentsOf: replacement)
      end = range.upperBound
    }
    output.append(copying: text.extracting(end..<text.count))
  }
}
