/// How a stream is recorded.
package struct RecorderOptions: Sendable {
  /// The format of every line; `nil` finds it out line by line.
  package var format: StreamFormat?

  /// The instance that all sessions of the stream are, named by the user or the environment.
  ///
  /// The agent's own id is then kept as the session's only. Sub-agents remain instances of their
  /// own.
  package var instance: String?

  /// The name of the server of an MCP stream, where the user gave it one.
  package var serverName: String?

  /// How much of a call's content is kept.
  package var capture = CaptureLevel.args

  /// Computes the SHA-256 of bytes.
  package var digest: DigestFunction

  package init(digest: @escaping DigestFunction) {
    self.digest = digest
  }
}
