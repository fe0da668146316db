/// The value of a field that is secret by its name, and whether it is one by its look.
///
/// What agents write is full of `password: string`, `token = next()` and `secret: "${SECRET}"`.
struct FieldValue {
  private let range: Range<Int>
  private let name: FieldName
  private let keyword: FieldKeyword
  private let shape: ValueShape

  private static let shortestPassword = 6
  private static let shortestBarePassword = 8
  private static let shortestToken = 16

  init(_ line: Span<UInt8>, _ range: Range<Int>, of name: FieldName, _ keyword: FieldKeyword) {
    self.range = range
    self.name = name
    self.keyword = keyword
    shape = ValueShape(of: line, range)
  }

  func isSecret(as form: SensitiveField.Form, in line: Span<UInt8>) -> Bool {
    guard shape.prose == 0, !shape.isMonotonous, !line.isPlaceholder(range),
      form == .quoted || !isExpression(in: line), !isPath(in: line)
    else { return false }
    return switch name.meaning {
    case .password: isPassword(as: form, in: line)
    case .token: isToken(as: form, in: line)
    case .perhapsToken: isToken(as: form, in: line) && !isUUID(in: line)
    }
  }

  private func isPassword(as form: SensitiveField.Form, in line: Span<UInt8>) -> Bool {
    switch form {
    case .quoted: shape.count >= Self.shortestPassword && isStrange && !isNamed(in: line)
    case .assigned:
      shape.count >= Self.shortestPassword && !isNamed(in: line)
        && (isStrange || name.isCapital && isLongWord)
    case .bare:
      shape.count >= Self.shortestBarePassword && isStrange && !isNamed(in: line)
        && !isIdentifier
    case .listed:
      shape.count >= Self.shortestBarePassword && !isNamed(in: line)
        && (shape.looksRandom || shape.letters > 0 && shape.digits > 0 && shape.symbols > 0)
    }
  }

  /// Whether it is no word: with digits beside its letters, or with symbols.
  private var isStrange: Bool {
    shape.digits > 0 && (shape.letters > 0 || shape.symbols > 0)
      || shape.symbols > 0 && shape.letters > 0 || shape.digits >= Self.shortestPassword
  }

  private var isLongWord: Bool { shape.letters == shape.count && shape.count >= 8 }

  /// Whether it may be a variable: letters and at most two digits.
  private var isIdentifier: Bool { shape.symbols == 0 && shape.digits <= 2 }

  /// Whether it names the field instead of filling it, as `DB_PASSWORD_2` does.
  private func isNamed(in line: Span<UInt8>) -> Bool {
    shape.symbols == 0 && line.containsFolded(keyword.rawValue.utf8, in: range)
  }

  private func isToken(as form: SensitiveField.Form, in line: Span<UInt8>) -> Bool {
    guard shape.count >= Self.shortestToken, shape.looksRandom || isUUID(in: line) else {
      return false
    }
    return !isConstant(in: line) && (form == .quoted || !isNamed(in: line))
      && !line.hasFolded("arn:".utf8, at: range.lowerBound)
  }

  /// Whether it is the name of another variable, such as `OPENAI_API_KEY_2`.
  private func isConstant(in line: Span<UInt8>) -> Bool {
    shape.lowercase == 0 && shape.symbols == 0 && range.contains { line[$0] == UInt8(ascii: "_") }
  }

  /// Whether it is code: a call, an index, an interpolation.
  private func isExpression(in line: Span<UInt8>) -> Bool {
    range.contains { index in
      switch line[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "$"): true
      case UInt8(ascii: ":"): index > range.lowerBound && line[index - 1] == UInt8(ascii: ":")
      default: false
      }
    } || isMemberAccess(in: line)
  }

  /// Whether it is names with dots between them, such as `request.body.password2`.
  private func isMemberAccess(in line: Span<UInt8>) -> Bool {
    guard range.contains(where: { line[$0] == UInt8(ascii: ".") }), !shape.looksRandom else {
      return false
    }
    return shape.symbols == 0 && !ByteClass.digits.contains(line[range.lowerBound])
  }

  private static let longestPath = 39

  /// Whether it is a file; base64 may begin with a slash too, but is longer.
  private func isPath(in line: Span<UInt8>) -> Bool {
    switch line[range.lowerBound] {
    case UInt8(ascii: "/"), UInt8(ascii: "~"), UInt8(ascii: "."):
      !(shape.looksRandom && shape.count > Self.longestPath)
    default: false
    }
  }

  private func isUUID(in line: Span<UInt8>) -> Bool {
    guard shape.count == 36 else { return false }
    for (position, index) in range.enumerated() {
      switch position {
      case 8, 13, 18, 23: guard line[index] == UInt8(ascii: "-") else { return false }
      default: guard ByteClass.hexDigits.contains(line[index]) else { return false }
      }
    }
    return true
  }
}
