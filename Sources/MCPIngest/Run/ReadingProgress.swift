/// How far an input has been read.
package struct ReadingProgress: Sendable {
  /// What is read: `stdin`, or a file.
  package let source: String
  /// How many bytes were read by this run, as they are stored.
  package let bytesRead: Int64
  /// Up to where the file is read.
  package let position: Int64
  /// How long the file was when reading began; `nil` for a pipe.
  package let size: Int64?
  /// How long reading has taken.
  package let elapsed: Duration
}
