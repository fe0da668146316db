/// What a small program prints.
package enum CommandOutput {
  private static let limit = 64 * 1024

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - words: The program and its arguments.
  ///   - input: What it reads; at most 4 KiB, which a pipe always holds.
  ///   - environment: Variables that it gets besides those of this process.
  ///   - deadline: When it is ended if it has not by then.
  /// - Returns: What it wrote to its standard output, at most 64 KiB; nil when it could not be
  ///   started or did not end well.
  package static func text(
    of words: [String],
    input: [UInt8] = [],
    environment: [String: String] = [:],
    until deadline: ContinuousClock.Instant
  ) -> String? {
    precondition(input.count <= 4096, "the input must fit into a pipe")
    guard var pipe = try? Pipe(), var inputPipe = try? Pipe(),
      let null = try? FileDescriptor.open("/dev/null", for: .updating)
    else { return nil }
    let reader = pipe.takeReadEnd()
    var child: ChildProcess
    do throws(SystemError) {
      let writer = pipe.takeWriteEnd()
      let source = inputPipe.takeReadEnd()
      try inputPipe.takeWriteEnd().write(all: input.span)
      var program = ChildProgram(words.map { CommandWord($0) })
      program.environment = environment
      program.input = BorrowedDescriptor(number: source.number)
      program.output = BorrowedDescriptor(number: writer.number)
      program.error = BorrowedDescriptor(number: null.number)
      child = try program.start()
    } catch { return nil }
    let bytes = read(reader, until: deadline)
    if bytes == nil { child.send(.kill) }
    let isSuccess = child.wait() == .exited(0)
    guard isSuccess, let bytes else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Everything up to the end of a stream; nil when it does not end in time.
  private static func read(
    _ source: borrowing FileDescriptor,
    until deadline: ContinuousClock.Instant
  ) -> [UInt8]? {
    var poller = Poller()
    _ = poller.watch(source, for: .input)
    var isAtEnd = false
    let bytes = [UInt8](capacity: limit) { output in
      while !output.isFull, (try? poller.wait(until: deadline)) == .ready {
        let before = output.count
        guard (try? source.readWithoutWaiting(into: &output)) == true else { return }
        guard output.count > before else {
          isAtEnd = true
          return
        }
      }
    }
    return isAtEnd ? bytes : nil
  }
}
