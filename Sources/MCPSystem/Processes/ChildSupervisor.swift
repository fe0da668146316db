internal import CMCPSystem
internal import Glibc

/// Stands between a program and whoever started this process, so that neither notices.
///
/// The child is in this process's group. Signals that were for this process alone are passed on;
/// when the child is stopped, this process stops too, and goes on with it. To be made before there
/// are other threads.
package struct ChildSupervisor: ~Copyable {
  private let signals: TakenSignals
  private let witness: GroupWitness
  private var post = SignalPost()
  private var isStopped = false
  private var signalWatch: Poller.Watch?
  private var answerWatch: Poller.Watch?

  /// The child, once it was started.
  package private(set) var child: ChildProcess?

  /// How the child ended; nil while it has not.
  package private(set) var ending: ProcessEnding?

  /// Whether somebody has sent this process, alone or with its group, what ends programs.
  package private(set) var isAskedToEnd = false

  /// How often somebody has done so after the child had ended.
  package private(set) var stopRequests = 0

  /// Takes over the signals of this process.
  ///
  /// - Throws: A `SystemError` when there are no descriptors or processes left.
  package init() throws(SystemError) {
    let signals = try TakenSignals()
    let witness = try GroupWitness(of: signals.taken)
    self.signals = consume signals
    self.witness = consume witness
  }

  /// Starts the child; to be called once.
  ///
  /// - Parameter program: What it is to be.
  /// - Throws: A `SystemError`, as ``ChildProgram/start(_:)`` does.
  package mutating func start(_ program: ChildProgram) throws(SystemError) {
    precondition(child == nil, "one child is supervised")
    child = try program.start(signals)
  }

  /// Adds what is to be waited for to a poller.
  package mutating func watch(with poller: inout Poller) {
    signalWatch = signals.watch(with: &poller)
    answerWatch = poller.watch(witness.answers, for: .input)
  }

  /// When ``advance(_:whileIdle:)`` is to be called at the latest.
  package var deadline: ContinuousClock.Instant? { post.deadline }

  /// Does what there is to do after a wait.
  ///
  /// - Parameters:
  ///   - poller: What was waited with.
  ///   - whileIdle: Runs its argument, which stops this process, at a moment when that holds up
  ///     nobody else.
  package mutating func advance(
    _ poller: inout Poller,
    whileIdle: (() -> Void) -> Void
  ) {
    if let watch = signalWatch, !poller.readiness(of: watch).isEmpty {
      while let signal = signals.next() { receive(signal, whileIdle) }
    }
    if let watch = answerWatch, !poller.readiness(of: watch).isEmpty {
      hearWitness(&poller, watch)
    }
    switch post.action(at: .now) {
    case .nothing: break
    case .askWitness: witness.ask()
    case .pass(let signals): pass(signals)
    }
  }

  private mutating func receive(_ signal: Signal, _ whileIdle: (() -> Void) -> Void) {
    switch signal {
    case .childChanged: followChild(whileIdle)
    case .proceed: if isStopped { child?.send(.proceed) }
    default:
      isAskedToEnd = isAskedToEnd || signal.endsPrograms
      guard ending != nil else { return post.receive(signal, at: .now) }
      if signal.endsPrograms { stopRequests += 1 }
    }
  }

  private mutating func hearWitness(_ poller: inout Poller, _ watch: Poller.Watch) {
    do throws(SystemError) {
      guard let answer = try witness.answer() else { return }
      pass(post.settle(groupSignals: answer, at: .now))
    } catch {
      // Without a witness every signal is passed on.
      poller.change(watch, to: nil)
      answerWatch = nil
    }
  }

  private func pass(_ signals: [Signal]) {
    guard ending == nil, let child else { return }
    for signal in signals { child.send(signal) }
  }

  // MARK: The child

  private mutating func followChild(_ whileIdle: (() -> Void) -> Void) {
    guard ending == nil, let child else { return }
    while ending == nil, let change = child.nextChange() {
      switch change {
      case .ended(let ending): self.ending = ending
      case .continued: isStopped = false
      case .stopped(let signal):
        isStopped = true
        // The wish to stop is met, and one to go on may have come already.
        guard !takeSignals() else { continue }
        whileIdle { stopThisProcess(like: signal) }
        if takeSignals() { resume(child) }
      }
    }
  }

  /// Takes in what has come, without acting on it.
  ///
  /// - Returns: Whether this process was to go on.
  private mutating func takeSignals() -> Bool {
    var wasContinued = false
    while let signal = signals.next() {
      switch signal {
      case .proceed: wasContinued = true
      case .childChanged: break
      default: post.receive(signal, at: .now)
      }
    }
    post.forgetStops()
    return wasContinued
  }

  /// Lets the child go on, unless whoever let this process go on did that too.
  private mutating func resume(_ child: ChildProcess) {
    witness.proceed()
    switch child.nextChange() {
    case .ended(let ending): self.ending = ending
    case .continued: isStopped = false
    case .stopped, nil: child.send(.proceed)
    }
  }

  /// Stops this process until somebody lets it go on.
  ///
  /// Always by a signal of the terminal: where nobody would let it go on, because the process group
  /// is orphaned, such a signal does nothing, as POSIX has it.
  private func stopThisProcess(like signal: Signal) {
    let own = signal.isTerminalStop ? signal : .terminalStop
    guard signals.taken.contains(own) else { return }
    mcp_restore_default(own.number)
    _ = raise(own.number)
    var set = Signal.set([own])
    // The set is only read during the call.
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }
}
