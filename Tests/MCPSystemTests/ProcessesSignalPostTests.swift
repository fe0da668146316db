import Testing

@testable import MCPSystem

@Suite struct `Signal post` {
  private let start = ContinuousClock.now
  private var later: ContinuousClock.Instant { start + SignalPost.settlingTime }

  @Test func `has nothing to do without signals`() {
    var post = SignalPost()
    #expect(post.deadline == nil)
    #expect(post.action(at: later) == .nothing)
  }

  @Test func `asks the witness once a signal has settled`() {
    var post = SignalPost()
    post.receive(.terminate, at: start)
    #expect(post.action(at: start) == .nothing)
    #expect(post.deadline == later)
    #expect(post.action(at: later) == .askWitness)
  }

  @Test func `passes on what the witness did not get`() {
    var post = SignalPost()
    post.receive(.terminate, at: start)
    post.receive(.interrupt, at: start)
    _ = post.action(at: later)
    let group = UInt64(1) << UInt64(Signal.interrupt.number)
    #expect(post.settle(groupSignals: group, at: later) == [.terminate])
    #expect(post.deadline == nil)
  }

  @Test func `takes a signal that comes again before the answer as the same`() {
    var post = SignalPost()
    post.receive(.terminate, at: start)
    _ = post.action(at: later)
    post.receive(.terminate, at: later)
    let group = UInt64(1) << UInt64(Signal.terminate.number)
    #expect(post.settle(groupSignals: group, at: later) == [])
    #expect(post.deadline == nil)
  }

  @Test func `asks again for a signal that came after the question`() {
    var post = SignalPost()
    post.receive(.terminate, at: start)
    _ = post.action(at: later)
    post.receive(.hangUp, at: later)
    #expect(post.settle(groupSignals: 0, at: later) == [.terminate])
    #expect(post.action(at: later + SignalPost.settlingTime) == .askWitness)
  }

  @Test func `passes everything on when the witness does not answer`() {
    var post = SignalPost()
    post.receive(.terminate, at: start)
    _ = post.action(at: later)
    #expect(post.action(at: later) == .nothing)
    #expect(post.action(at: later + SignalPost.patience) == .pass([.terminate]))
    #expect(post.deadline == nil)
  }

  @Test func `forgets a wish to stop once the child has stopped`() {
    var post = SignalPost()
    post.receive(.terminalStop, at: start)
    post.forgetStops()
    #expect(post.deadline == nil)
    #expect(post.action(at: later) == .nothing)
  }
}
