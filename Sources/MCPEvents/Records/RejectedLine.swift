/// A line that is kept as it was read, because it holds no record.
package struct RejectedLine: Sendable {
  package let position: LinePosition
  package let reason: LineRejection
  /// The line's bytes; of one that is too long the first 64 KiB.
  package let bytes: [UInt8]
  /// The SHA-256 of the whole line, where ``bytes`` is only its beginning.
  package let digest: [UInt8]?

  package init(
    position: LinePosition,
    reason: LineRejection,
    bytes: [UInt8],
    digest: [UInt8]? = nil
  ) {
    self.position = position
    self.reason = reason
    self.bytes = bytes
    self.digest = digest
  }
}
