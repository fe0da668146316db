/// Why a line is not stored as a record.
public struct LineRejection: Error, Hashable, Sendable {
  /// A kind of reason, as it is stored and counted.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    /// The word as it is stored.
    public let rawValue: String

    package init(_ rawValue: String) { self.rawValue = rawValue }

    /// The word itself.
    public var description: String { rawValue }

    /// The line is not JSON.
    public static let notJSON = Self("not_json")
    /// The line is JSON, but no object.
    public static let notAnObject = Self("not_an_object")
    /// The bytes are no UTF-8.
    public static let invalidUTF8 = Self("invalid_utf8")
    /// Half a surrogate pair stands alone.
    public static let loneSurrogate = Self("lone_surrogate")
    /// More than 512 arrays and objects are open at once.
    public static let tooDeep = Self("too_deep")
    /// The line is longer than `--max-line-bytes`.
    public static let tooLong = Self("too_long")
    /// The input ended inside the line.
    public static let truncated = Self("truncated")
    /// A known key stands there twice.
    public static let duplicateKey = Self("duplicate_key")
    /// A field that must be there is not.
    public static let missingField = Self("missing_field")
    /// A field has a value of the wrong type.
    public static let wrongType = Self("wrong_type")
    /// A field's value is not allowed.
    public static let invalidValue = Self("invalid_value")
    /// Two fields exclude each other.
    public static let contradiction = Self("contradiction")
    /// The line is of no known format.
    public static let unknownFormat = Self("unknown_format")
    /// The instance is not known, and unknown ones are to be rejected.
    public static let unknownInstance = Self("unknown_instance")
  }

  /// The kind of reason.
  public let code: Code
  /// What is wrong, as a sentence for a person, without line breaks.
  public let message: String

  package init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}

extension LineRejection {
  package init(_ error: JSONError, in line: Span<UInt8>) {
    let place = "at byte \(error.offset + 1)"
    self =
      switch error.reason {
      case .empty: Self(.notJSON, "the line is empty")
      case .truncated: Self(.truncated, "the line ends inside a JSON value")
      case .unexpectedByte:
        Self(.notJSON, "not JSON: unexpected \(line.name(at: error.offset)) \(place)")
      case .trailingBytes: Self(.notJSON, "not one JSON value: more follows \(place)")
      case .invalidNumber: Self(.notJSON, "not JSON: malformed number \(place)")
      case .invalidEscape: Self(.notJSON, "not JSON: malformed escape \(place)")
      case .loneSurrogate: Self(.loneSurrogate, "half a surrogate pair \(place)")
      case .controlCharacter: Self(.notJSON, "not JSON: raw control character in a string \(place)")
      case .invalidUTF8: Self(.invalidUTF8, "not UTF-8 \(place)")
      case .tooDeep: Self(.tooDeep, "nested deeper than \(JSONTape.maximumDepth) \(place)")
      case .tooLong: Self(.tooLong, "longer than 2 GiB")
      }
  }
}

extension Span<UInt8> {
  fileprivate func name(at index: Int) -> String {
    guard index < count else { return "end" }
    let byte = self[index]
    guard (0x21...0x7E).contains(byte) else { return "byte 0x" + String(byte, radix: 16) }
    return "'\(Character(Unicode.Scalar(byte)))'"
  }
}
