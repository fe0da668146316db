import MCPSystem
import Testing

@Suite struct `A poller` {
  @Test func `ends at a deadline that has passed`() throws {
    var pipe = try Pipe()
    let input = pipe.takeReadEnd()
    var poller = Poller()
    let watch = poller.watch(input, for: .input)

    #expect(try poller.wait(until: .now) == .deadline)
    #expect(poller.readiness(of: watch).isEmpty)
  }

  @Test func `does not end before a deadline to come`() throws {
    var poller = Poller()
    let deadline = ContinuousClock.now + .milliseconds(3)

    _ = try poller.wait(until: deadline)

    #expect(ContinuousClock.now >= deadline)
  }

  @Test func `sees bytes in a pipe`() throws {
    var pipe = try Pipe()
    let input = pipe.takeReadEnd()
    let output = pipe.takeWriteEnd()
    var poller = Poller()
    let watch = poller.watch(input, for: .input)
    try output.write(all: [1].span)

    #expect(try poller.wait() == .ready)
    #expect(poller.readiness(of: watch) == .input)
  }

  @Test func `sees bytes even when the deadline has passed`() throws {
    var pipe = try Pipe()
    let input = pipe.takeReadEnd()
    let output = pipe.takeWriteEnd()
    var poller = Poller()
    _ = poller.watch(input, for: .input)
    try output.write(all: [1].span)

    #expect(try poller.wait(until: .now - .seconds(5)) == .ready)
  }

  @Test func `sees that the writers are gone`() throws {
    var pipe = try Pipe()
    let input = pipe.takeReadEnd()
    _ = pipe.takeWriteEnd()
    var poller = Poller()
    let watch = poller.watch(input, for: .input)

    #expect(try poller.wait() == .ready)
    #expect(poller.readiness(of: watch).contains(.hangUp))
  }

  @Test func `sees that the readers are gone`() throws {
    var pipe = try Pipe()
    let output = pipe.takeWriteEnd()
    _ = pipe.takeReadEnd()
    var poller = Poller()
    let watch = poller.watch(output, for: [])

    #expect(try poller.wait() == .ready)
    #expect(poller.readiness(of: watch) == .failure)
  }

  @Test func `tells apart several descriptors`() throws {
    var first = try Pipe()
    var second = try Pipe()
    let firstInput = first.takeReadEnd()
    let secondInput = second.takeReadEnd()
    let secondOutput = second.takeWriteEnd()
    var poller = Poller()
    let firstWatch = poller.watch(firstInput, for: .input)
    let secondWatch = poller.watch(secondInput, for: .input)
    let outputWatch = poller.watch(secondOutput, for: .output)
    try secondOutput.write(all: [1].span)

    _ = try poller.wait()

    #expect(poller.readiness(of: firstWatch).isEmpty)
    #expect(poller.readiness(of: secondWatch) == .input)
    #expect(poller.readiness(of: outputWatch) == .output)
  }

  @Test func `forgets a descriptor and remembers it again`() throws {
    var pipe = try Pipe()
    let input = pipe.takeReadEnd()
    _ = pipe.takeWriteEnd()
    var poller = Poller()
    let watch = poller.watch(input, for: .input)

    poller.change(watch, to: nil)
    #expect(try poller.wait(until: .now) == .deadline)
    poller.change(watch, to: .input)
    #expect(try poller.wait() == .ready)
  }

  @Test func `finds a regular file always ready`() throws {
    let directory = try TemporaryDirectory()
    let file = try FileDescriptor.open(try directory.write("", to: "empty"), for: .reading)
    var poller = Poller()
    _ = poller.watch(file, for: .input)

    #expect(try poller.wait() == .ready)
  }

  @Test func `is woken once for all wake-ups before`() throws {
    let waker = try Waker()
    var poller = Poller(waker: waker)
    waker.wake()
    waker.wake()

    #expect(try poller.wait() == .woken)
    #expect(try poller.wait(until: .now) == .deadline)
  }

  @Test func `survives more wake-ups than a pipe holds`() throws {
    let waker = try Waker()
    var poller = Poller(waker: waker)
    for _ in 0..<70_000 { waker.wake() }

    #expect(try poller.wait() == .woken)
    #expect(try poller.wait(until: .now) == .deadline)
  }

  @Test func `is woken by another thread`() throws {
    let waker = try Waker()
    var poller = Poller(waker: waker)

    let worker = try Worker { waker.wake() }

    #expect(try poller.wait() == .woken)
    worker.join()
  }
}
