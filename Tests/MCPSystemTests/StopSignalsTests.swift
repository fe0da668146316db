import Glibc
import MCPSystem
import Testing

@Suite struct `Stop signals` {
  @Test func `are counted, the first gracefully, the second at once`() throws {
    let waker = try Waker()
    var poller = Poller(waker: waker)
    let signals = StopSignals([StopSignal(number: SIGUSR1)], waker: waker)
    let before = signals.request
    #expect(before == nil)

    kill(getpid(), SIGUSR1)
    #expect(try poller.wait() == .woken)
    let first = signals.request
    #expect(first?.count == 1)
    #expect(first?.isImmediate == false)

    kill(getpid(), SIGUSR1)
    #expect(try poller.wait() == .woken)
    let second = signals.request
    #expect(second?.isImmediate == true)
    #expect(second?.first == StopSignal(number: SIGUSR1))
  }

  @Test func `reach a handler on another thread`() throws {
    let requests = BoundedQueue<StopRequest>(capacity: 4)
    let signals = StopSignals([StopSignal(number: SIGUSR2)]) { _ = requests.push($0) }

    kill(getpid(), SIGUSR2)

    #expect(requests.pop()?.latest == StopSignal(number: SIGUSR2))
    withExtendedLifetime(signals.request) {}
  }

  @Test func `do not end the process once they are taken over`() async {
    await #expect(processExitsWith: .exitCode(143)) {
      let waker = try Waker()
      var poller = Poller(waker: waker)
      let signals = StopSignals(waker: waker)
      kill(getpid(), SIGTERM)
      _ = try poller.wait()
      exit(signals.request?.first.exitStatus ?? 1)
    }
  }

  @Test func `have the statuses that shells give`() {
    #expect(StopSignal.interrupt.exitStatus == 130)
    #expect(StopSignal.terminate.exitStatus == 143)
  }
}
