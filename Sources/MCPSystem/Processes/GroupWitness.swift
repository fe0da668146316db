internal import CMCPSystem
internal import Glibc

/// Tells whether signals went to this process alone, or to its whole process group.
///
/// A program that is started here is in the same group as this process, so a Ctrl-C reaches both;
/// passing it on would deliver it twice, which to many programs means to give up cleaning up. The
/// kernel does not say whom a signal was for. So there is a process in the group that does nothing
/// but get signals: those that reach it too were for the group.
struct GroupWitness: ~Copyable {
  private let process: pid_t
  private let questions: FileDescriptor
  let answers: FileDescriptor

  /// Starts the witness; to be called before there are other threads, with `signals` blocked.
  init(of signals: [Signal]) throws(SystemError) {
    var toWitness = try Pipe()
    var fromWitness = try Pipe()
    let input = toWitness.takeReadEnd()
    let output = fromWitness.takeWriteEnd()
    let questions = toWitness.takeWriteEnd()
    let answers = fromWitness.takeReadEnd()
    try answers.setNonBlocking(true)
    var set = Signal.set(signals)
    // The set is only read during the call.
    let process = unsafe mcp_start_witness(input.number, output.number, &set)
    guard process > 0 else { throw SystemError(lastErrorOf: "fork") }
    self.process = process
    self.questions = consume questions
    self.answers = consume answers
  }

  deinit {
    _ = kill(process, SIGKILL)
    _ = waitpid(process, nil, 0)
  }

  /// Asks which signals came since the last question.
  func ask() {
    let question: [1 of UInt8] = [0]
    _ = try? questions.write(some: question.span)
  }

  /// What the witness answers: the numbers of signals as bits; nil before it has.
  ///
  /// - Throws: A `SystemError` when it is gone.
  func answer() throws(SystemError) -> UInt64? {
    let bytes = try [UInt8](capacity: 8) { output throws(SystemError) in
      guard try answers.readWithoutWaiting(into: &output) else { return }
      guard output.count == 8 else { throw SystemError("read", number: EPIPE) }
    }
    guard bytes.count == 8 else { return nil }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Lets it go on after the group was stopped.
  func proceed() {
    _ = kill(process, SIGCONT)
  }
}
