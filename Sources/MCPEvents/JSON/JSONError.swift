/// Why bytes are not one JSON value of RFC 8259.
package struct JSONError: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Reason: UInt8, Hashable, Sendable {
    /// There is no value: the input is empty or white space.
    case empty
    /// The input ends inside a value.
    case truncated
    /// A byte that cannot stand where it stands.
    case unexpectedByte
    /// A second value or other bytes after the end of the value.
    case trailingBytes
    /// A number that the grammar of RFC 8259 §6 does not allow, such as `01` or `1.`.
    case invalidNumber
    /// An escape that RFC 8259 §7 does not have.
    case invalidEscape
    /// A `\uD800`–`\uDFFF` escape without its other half.
    case loneSurrogate
    /// A raw control character inside a string.
    case controlCharacter
    /// Bytes that are no UTF-8 (RFC 3629).
    case invalidUTF8
    /// More than ``JSONTape/maximumDepth`` open arrays and objects.
    case tooDeep
    /// More bytes than the tape can address.
    case tooLong
  }

  /// What is wrong.
  package let reason: Reason

  /// Where it is, in bytes from the start of the input.
  package let offset: Int

  package init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}
