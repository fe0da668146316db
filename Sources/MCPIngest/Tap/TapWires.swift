internal import MCPSystem

/// Both ways between a client and a server.
struct TapWires: ~Copyable {
  private var toServer: ByteRelay
  private var toClient: ByteRelay

  /// Starts the server and takes over this process's standard input and output.
  ///
  /// - Parameters:
  ///   - words: The server's command.
  ///   - supervisor: Starts it.
  ///   - poller: Waits for both ways from now on.
  /// - Throws: A `SystemError` when the server could not be started.
  init(
    _ words: [CommandWord],
    _ supervisor: inout ChildSupervisor,
    _ poller: inout Poller
  ) throws(SystemError) {
    var input = try Pipe()
    var output = try Pipe()
    let serverInput = input.takeReadEnd()
    let serverOutput = output.takeWriteEnd()
    var program = ChildProgram(words)
    program.input = BorrowedDescriptor(number: serverInput.number)
    program.output = BorrowedDescriptor(number: serverOutput.number)
    // A server whose tap was killed is told so, in case that it does not mind its input.
    program.parentDeathSignal = .terminate
    try supervisor.start(program)
    let toServer = try ByteRelay(
      from: StandardDescriptors.take(.standardInput),
      to: PatientOutput(ownedAlone: input.takeWriteEnd()),
      orphan: .close,
      poller: &poller
    )
    let toClient = try ByteRelay(
      from: output.takeReadEnd(),
      to: PatientOutput(shared: StandardDescriptors.take(.standardOutput)),
      orphan: .close,
      poller: &poller
    )
    self.toServer = consume toServer
    self.toClient = consume toClient
  }

  /// Whether the client has said all it will.
  var isClientGone: Bool { toServer.isFinished }

  /// Whether the client has got all it will get.
  var isFinished: Bool { toClient.isFinished }

  /// Passes on what there is, as far as that goes without waiting.
  mutating func advance(
    _ poller: inout Poller,
    look: (Span<UInt8>, TapDirection) -> Void
  ) {
    toServer.advance(&poller) { look($0, .clientToServer) }
    toClient.advance(&poller) { look($0, .serverToClient) }
  }

  /// Passes on only what the server, which has ended, has written already.
  mutating func beginEnding(_ poller: inout Poller) {
    toClient.beginEnding()
  }

  /// Closes both.
  mutating func close(_ poller: inout Poller) {
    toServer.closeSource(&poller)
    toClient.closeSource(&poller)
  }
}
