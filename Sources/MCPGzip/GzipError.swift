/// Why a gzip stream cannot be written or read.
package struct GzipError: Error, Hashable, Sendable {
  /// What sort of failure it is.
  package struct Code: Hashable, Sendable {
    private enum Kind {
      case notGzip
      case truncated
      case damaged
      case trailingData
      case outOfMemory
    }

    private let kind: Kind

    /// The bytes do not begin like a gzip stream.
    package static let notGzip = Self(kind: .notGzip)

    /// The stream ends too early.
    package static let truncated = Self(kind: .truncated)

    /// The compressed data, its checksum or its length is wrong.
    package static let damaged = Self(kind: .damaged)

    /// Something else follows a complete stream.
    package static let trailingData = Self(kind: .trailingData)

    /// There is no memory for zlib.
    package static let outOfMemory = Self(kind: .outOfMemory)
  }

  package let code: Code

  /// What happened and what to do, for a person.
  package let message: String

  /// Where in the compressed bytes it was noticed.
  package let offset: Int64
}

extension GzipError: CustomStringConvertible {
  package var description: String { message }
}

extension GzipError {
  static func notGzip() -> Self {
    Self(code: .notGzip, message: "not gzip data: it must begin with the bytes 1f 8b", offset: 0)
  }

  static func truncated(at offset: Int64) -> Self {
    Self(
      code: .truncated,
      message: "the gzip data ends too early, after \(offset) bytes: get the rest, or a new copy",
      offset: offset
    )
  }

  static func damaged(_ detail: String, at offset: Int64) -> Self {
    Self(
      code: .damaged,
      message: "the gzip data is damaged before byte \(offset) (\(detail)): get a new copy",
      offset: offset
    )
  }

  static func trailingData(at offset: Int64) -> Self {
    Self(
      code: .trailingData,
      message: "something that is not gzip data follows at byte \(offset)",
      offset: offset
    )
  }

  static func outOfMemory() -> Self {
    Self(code: .outOfMemory, message: "no memory to compress or decompress", offset: 0)
  }
}
