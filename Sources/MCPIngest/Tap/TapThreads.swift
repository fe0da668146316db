internal import MCPSystem

/// The threads that record a tap's traffic, and the pipe between them.
struct TapThreads: ~Copyable {
  private let encoding: Worker<Void, Never>
  private let recording: Worker<Void, Never>

  /// Starts them.
  ///
  /// - Throws: A `SystemError` when there are no descriptors or threads left.
  init(_ encoder: TapEncoder, _ recorder: TapRecorder) throws(SystemError) {
    var pipe = try Pipe()
    let input = pipe.takeReadEnd().release()
    let output = pipe.takeWriteEnd().release()
    let recording = try Worker { recorder.work(input) }
    let encoding = try Worker { encoder.work(output) }
    self.recording = consume recording
    self.encoding = consume encoding
  }

  /// Leaves them alone: for threads that the process ends without.
  consuming func detach() {
    encoding.detach()
    recording.detach()
  }
}
