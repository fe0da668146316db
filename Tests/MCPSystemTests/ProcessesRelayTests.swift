import Glibc
import Testing

@testable import MCPSystem

/// A relay between two pipes, whose outer ends the test holds.
private struct Plumbing: ~Copyable {
  var poller: Poller
  var relay: ByteRelay
  var source: FileDescriptor?
  var sink: FileDescriptor?
  /// What the relay has shown.
  var seen: [UInt8] = []

  init(orphan: ByteRelay.Orphan = .close) throws {
    var first = try Pipe()
    var second = try Pipe()
    var poller = Poller()
    let relay = try ByteRelay(
      from: first.takeReadEnd(),
      to: PatientOutput(ownedAlone: second.takeWriteEnd()),
      orphan: orphan,
      poller: &poller
    )
    let source = first.takeWriteEnd()
    let sink = second.takeReadEnd()
    try sink.setNonBlocking(true)
    try source.setNonBlocking(true)
    self.source = consume source
    self.sink = consume sink
    self.relay = consume relay
    self.poller = consume poller
  }

  /// Lets the relay carry on until there is nothing left to do.
  mutating func turn() throws {
    while try poller.wait(until: .now) == .ready {
      let before = seen.count
      let hadPending = relay.hasPending
      relay.advance(&poller) { bytes in
        for index in bytes.indices { seen.append(bytes[index]) }
      }
      if seen.count == before, hadPending == relay.hasPending, !relay.isFinished { return }
      if relay.isFinished { return }
    }
  }

  /// Writes what the pipe takes.
  mutating func write(_ bytes: [UInt8]) throws -> Int {
    try source?.write(some: bytes.span) ?? 0
  }

  /// What has arrived; nil at the end.
  func received() throws -> [UInt8]? {
    var isAtEnd = false
    let bytes = try [UInt8](capacity: 1 << 20) { output in
      var before = -1
      while output.count > before {
        before = output.count
        guard try sink?.readWithoutWaiting(into: &output) == true else { return }
      }
      isAtEnd = output.isEmpty
    }
    return isAtEnd ? nil : bytes
  }
}

@Suite struct `Byte relay` {
  @Test func `carries bytes and shows them`() throws {
    var plumbing = try Plumbing()
    _ = try plumbing.write(Array("hello".utf8))
    try plumbing.turn()
    #expect(try plumbing.received() == Array("hello".utf8))
    let seen = plumbing.seen
    #expect(seen == Array("hello".utf8))
  }

  @Test func `passes the end on`() throws {
    var plumbing = try Plumbing()
    _ = try plumbing.write([1, 2, 3])
    plumbing.source = nil
    try plumbing.turn()
    #expect(try plumbing.received() == [1, 2, 3])
    #expect(try plumbing.received() == nil)
    let isFinished = plumbing.relay.isFinished
    #expect(isFinished)
  }

  @Test func `reads no more than one buffer ahead of a slow reader`() throws {
    var plumbing = try Plumbing()
    let chunk = [UInt8](repeating: 7, count: 64 * 1024)
    var written = 0
    while case let count = try plumbing.write(chunk), count > 0 {
      written += count
      try plumbing.turn()
    }
    // The two pipes and the buffer between them, 64 KiB each.
    #expect(written <= 3 * 64 * 1024)
    var received = 0
    while received < written {
      received += try plumbing.received()?.count ?? 0
      try plumbing.turn()
    }
    #expect(received == written)
  }

  @Test func `closes the source when nobody takes its bytes`() throws {
    BrokenPipes.becomeErrors()
    var plumbing = try Plumbing()
    plumbing.sink = nil
    _ = try plumbing.write([1])
    try plumbing.turn()
    let isFinished = plumbing.relay.isFinished
    #expect(isFinished)
    var error: SystemError?
    do { _ = try plumbing.write([2]) } catch let failure as SystemError { error = failure }
    #expect(error?.isBrokenPipe == true)
  }

  @Test func `reads on for who looks on`() throws {
    BrokenPipes.becomeErrors()
    var plumbing = try Plumbing(orphan: .readOn)
    plumbing.sink = nil
    _ = try plumbing.write([1])
    try plumbing.turn()
    _ = try plumbing.write([2])
    try plumbing.turn()
    let seen = plumbing.seen
    #expect(seen == [1, 2])
  }

  @Test func `leaves the source unread while it is held back`() throws {
    var plumbing = try Plumbing()
    plumbing.relay.isHeldBack = true
    _ = try plumbing.write([1])
    try plumbing.turn()
    #expect(try plumbing.received() == [])
    plumbing.relay.isHeldBack = false
    plumbing.relay.advance(&plumbing.poller) { _ in }
    try plumbing.turn()
    #expect(try plumbing.received() == [1])
  }

  @Test func `at the end carries what is there and waits for nobody`() throws {
    var plumbing = try Plumbing()
    _ = try plumbing.write([1, 2])
    // The source stays open, as by a program in the background.
    plumbing.relay.beginEnding()
    plumbing.relay.advance(&plumbing.poller) { _ in }
    let isFinished = plumbing.relay.isFinished
    #expect(isFinished)
    #expect(try plumbing.received() == [1, 2])
    #expect(try plumbing.received() == nil)
  }
}

@Suite struct `Patient output` {
  @Test func `writes a pipe that others share without waiting, and does not change it`() throws {
    var pipe = try Pipe()
    let reader = pipe.takeReadEnd()
    let shared = pipe.takeWriteEnd()
    let other = try shared.duplicate()
    let output = try PatientOutput(shared: shared)
    let chunk = [UInt8](repeating: 1, count: 4096)
    var written = 0
    while case let count = try output.write(chunk.span), count > 0 { written += count }
    #expect(written > 0)
    #expect(fcntl(other.number, F_GETFL) & O_NONBLOCK == 0)
    withExtendedLifetime(reader.number) {}
  }

  @Test func `writes a file`() throws {
    let directory = try TemporaryDirectory()
    let file = try FileDescriptor.open(directory.path + "/out", for: .creating)
    let output = try PatientOutput(shared: file)
    var written = 0
    let bytes = [UInt8](repeating: 65, count: 10_000)
    while written < bytes.count { written += try output.write(bytes.span.extracting(written...)) }
    #expect(try directory.text(of: "out").utf8.count == 10_000)
  }
}
