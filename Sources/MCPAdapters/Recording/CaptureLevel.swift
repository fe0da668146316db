/// How much of a call's content is kept.
package enum CaptureLevel: String, CaseIterable, Hashable, Sendable {
  /// Which tools were called and what became of it: neither arguments nor results.
  case names
  /// The arguments up to 64 KiB, and of the result the first 4 KiB. The default.
  case args
  /// Everything, however long.
  case all
}

/// Computes the SHA-256 of bytes.
package typealias DigestFunction = @Sendable (Span<UInt8>) -> [UInt8]
