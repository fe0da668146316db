import MCPSystem
import Testing

@Suite struct `Descriptors` {
  let directory: TemporaryDirectory

  init() throws {
    BrokenPipes.becomeErrors()
    directory = try TemporaryDirectory()
  }

  @Test func `give back what was written`() throws {
    let path = try directory.write("hello", to: "file")

    #expect(try readAll(path) == "hello")
  }

  @Test func `create files for their owner only`() throws {
    let path = try directory.write("", to: "file")

    #expect(try FileStatus.of(path)?.permissions == 0o600)
  }

  @Test func `create no file twice`() throws {
    try directory.write("", to: "file")

    let error = #expect(throws: SystemError.self) { try directory.write("", to: "file") }

    #expect(error?.isAlreadyExists == true)
  }

  @Test func `name the file that cannot be opened`() throws {
    let error = #expect(throws: SystemError.self) {
      _ = try FileDescriptor.open("/no/such/file", for: .reading)
    }

    #expect(error?.isNotFound == true)
    #expect(error?.description == "open /no/such/file: No such file or directory")
  }

  @Test func `report a full disk`() throws {
    let full = try FileDescriptor.open("/dev/full", for: .writing)

    let error = #expect(throws: SystemError.self) { try full.write(all: [1, 2, 3].span) }

    #expect(error?.isNoSpace == true)
  }

  @Test func `report that nobody reads any more`() throws {
    var pipe = try Pipe()
    let output = pipe.takeWriteEnd()
    _ = pipe.takeReadEnd()

    let error = #expect(throws: SystemError.self) { try output.write(all: [1].span) }

    #expect(error?.isBrokenPipe == true)
  }

  @Test(arguments: [false, true])
  func `write more than a pipe holds`(isNonBlocking: Bool) throws {
    var pipe = try Pipe()
    let output = pipe.takeWriteEnd()
    var input = pipe.takeReadEnd()
    try output.setNonBlocking(isNonBlocking)
    try input.setNonBlocking(isNonBlocking)
    let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: 32 + $0 % 90) }
    let number = output.release()

    let writer = try Worker { () throws(SystemError) in
      let output = FileDescriptor(owning: number)
      try output.write(all: bytes.span)
    }
    let text = try readAll(&input)
    try writer.join()

    #expect(Array(text.utf8) == bytes)
  }

  @Test func `write nothing at once to a full pipe that does not block`() throws {
    var pipe = try Pipe()
    let output = pipe.takeWriteEnd()
    try output.setNonBlocking(true)
    let block = [UInt8](repeating: 0, count: 65_536)
    while try output.write(some: block.span) > 0 {}

    #expect(try output.write(some: block.span) == 0)
  }

  @Test func `tell an empty pipe from its end`() throws {
    var pipe = try Pipe()
    let input = pipe.takeReadEnd()
    try input.setNonBlocking(true)

    var isReadable = true
    _ = try [UInt8](capacity: 8) { isReadable = try input.readWithoutWaiting(into: &$0) }
    #expect(!isReadable)

    _ = pipe.takeWriteEnd()
    _ = try [UInt8](capacity: 8) { isReadable = try input.readWithoutWaiting(into: &$0) }
    #expect(isReadable)
  }

  @Test func `read at a position without moving there`() throws {
    var file = try FileDescriptor.open(try directory.write("0123456789", to: "f"), for: .reading)

    let bytes = try [UInt8](capacity: 4) { try file.read(at: 8, into: &$0) }

    #expect(bytes == Array("89".utf8))
    #expect(try readAll(&file) == "0123456789")
  }

  @Test func `seek, truncate and synchronise`() throws {
    let path = try directory.write("0123456789", to: "f")
    var file = try FileDescriptor.open(path, for: .updating)

    try file.truncate(to: 6)
    try file.seek(to: 4)
    try file.synchronize()

    #expect(try readAll(&file) == "45")
    #expect(try file.status().size == 6)
  }

  @Test func `append at the end whoever wrote there`() throws {
    let path = try directory.write("a", to: "f")
    let first = try FileDescriptor.open(path, for: .appending)
    let second = try FileDescriptor.open(path, for: .appending)

    try first.write(all: Array("b".utf8).span)
    try second.write(all: Array("c".utf8).span)
    try first.write(all: Array("d".utf8).span)

    #expect(try readAll(path) == "abcd")
  }

  @Test func `lock a file against others`() throws {
    let path = try directory.write("", to: "lock")
    let first = try FileDescriptor.open(path, for: .updating)
    let second = try FileDescriptor.open(path, for: .updating)

    #expect(try first.tryLock(.exclusive))
    #expect(try !second.tryLock(.shared))
    try first.unlock()
    #expect(try second.tryLock(.shared))
    #expect(try first.tryLock(.shared))
  }

  @Test func `duplicate an open file`() throws {
    let file = try FileDescriptor.open(try directory.write("abc", to: "f"), for: .reading)
    var copy = try file.duplicate()
    try file.close()

    #expect(try readAll(&copy) == "abc")
  }

  @Test func `know that a file is no terminal`() throws {
    let file = try FileDescriptor.open(try directory.write("", to: "f"), for: .reading)

    let (isTerminal, size) = (file.isTerminal, file.terminalSize)

    #expect(!isTerminal)
    #expect(size == nil)
  }

  @Test func `take the standard numbers only when those are to be closed`() async {
    await #expect(processExitsWith: .success) {
      try FileDescriptor(owning: 0).close()
      try FileDescriptor(owning: 1).close()

      try StandardDescriptors.openMissing()

      let next = try FileDescriptor.open("/dev/null", for: .reading)
      let number = next.number
      #expect(number > 2)
    }
  }
}
