internal import MCPEvents
package import MCPSystem

/// Stands between an MCP client and a server, passes on what both say, and records it.
///
/// Bytes are passed on as they come, before anything else is done with them. Each direction waits
/// for its own reader only. Recording is the work of other threads, which nothing here waits for.
package struct TapRun: ~Copyable {
  /// How much traffic waits for the recorder at most.
  private static let trafficLimit = 32 << 20
  /// How long the recorder may take after the server's end; it minds a locked database itself.
  private static let patience = Duration.seconds(30)

  private let options: TapOptions
  private let recorder: TapRecorder
  private let background: BackgroundRecorder
  private let traffic: TapTraffic
  private var threads: TapThreads?
  private var supervisor: ChildSupervisor
  private var poller: Poller
  private var clock = WireClock()

  /// Prepares to listen; to be called before there are other threads.
  ///
  /// - Parameter options: To what, and how it is recorded.
  /// - Throws: A `SystemError` when there are no descriptors, processes or threads left.
  package init(_ options: TapOptions) throws(SystemError) {
    let waker = try Waker()
    let background = BackgroundRecorder(waker: waker)
    let traffic = TapTraffic(limit: Self.trafficLimit)
    let encoder = TapEncoder(traffic, serverName: options.serverName)
    let recorder = TapRecorder(options, background, encoder)
    var poller = Poller(waker: waker)
    var supervisor = try ChildSupervisor()
    supervisor.watch(with: &poller)
    let threads = try TapThreads(encoder, recorder)
    self.options = options
    self.recorder = recorder
    self.background = background
    self.traffic = traffic
    self.threads = consume threads
    self.supervisor = consume supervisor
    self.poller = consume poller
  }

  /// Starts the server, passes on its traffic, and ends this process as the server ended.
  ///
  /// - Throws: A ``CommandFailure`` when the server could not be started.
  package mutating func run() throws -> Never {
    let began = ContinuousClock.now
    var wires: TapWires
    do throws(SystemError) {
      wires = try TapWires(options.words, &supervisor, &poller)
    } catch {
      traffic.close()
      throw CommandFailure(starting: error)
    }
    let ending = try follow(&wires)
    if !wires.isClientGone, !supervisor.isAskedToEnd {
      recorder.end(ending, after: .now - began)
    }
    wires.close(&poller)
    traffic.close()
    try waitForRecorder()
    ending.endThisProcess()
  }

  /// Passes on what there is until the server has ended, and all it wrote is passed on.
  private mutating func follow(_ wires: inout TapWires) throws -> ProcessEnding {
    while true {
      let background = background
      supervisor.advance(&poller) { background.whileIdle($0) }
      if supervisor.ending != nil { wires.beginEnding(&poller) }
      wires.advance(&poller) { bytes, direction in
        traffic.add(bytes, direction, at: clock.now())
      }
      if let ending = supervisor.ending, wires.isFinished || supervisor.stopRequests > 0 {
        return ending
      }
      _ = try poller.wait(until: supervisor.deadline)
    }
  }

  private mutating func waitForRecorder() throws {
    let deadline = ContinuousClock.now + Self.patience
    while !background.state.isOver, deadline > .now, supervisor.stopRequests < 2 {
      _ = try poller.wait(until: [supervisor.deadline, deadline].compactMap(\.self).min())
      supervisor.advance(&poller) { $0() }
    }
    if let complaint = background.complaint { options.warn(complaint) }
    if !background.state.isOver { threads.take()?.detach() }
  }
}
