internal import CMCPSystem
internal import Glibc

/// Signals that this process reads like input instead of being interrupted by them.
///
/// To be made before any other thread, since each thread inherits what is blocked in the one that
/// starts it. Signals that the process was started to ignore stay ignored.
package struct TakenSignals: ~Copyable {
  /// The signals that are read.
  let taken: [Signal]
  /// What was blocked before, and is in programs that are started.
  let blockedBefore: sigset_t
  private let descriptor: FileDescriptor

  /// Takes over what somebody may send to a program, and news of children.
  ///
  /// - Throws: A `SystemError` when there are no descriptors left.
  package init() throws(SystemError) {
    taken = Signal.sendable.filter { mcp_ignores($0.number) == 0 } + [.childChanged]
    var set = Signal.set(taken)
    var before = sigset_t()
    // Both sets are only read and filled during the calls.
    _ = unsafe pthread_sigmask(SIG_BLOCK, &set, &before)
    blockedBefore = before
    let number = unsafe mcp_open_signals(&set)
    guard number >= 0 else { throw SystemError(lastErrorOf: "signalfd") }
    descriptor = FileDescriptor(owning: number)
  }

  /// Adds the signals to what a poller waits for.
  package func watch(with poller: inout Poller) -> Poller.Watch {
    poller.watch(descriptor, for: .input)
  }

  /// The next signal that has come, or nil.
  package func next() -> Signal? {
    let number = mcp_next_signal(descriptor.number)
    return number > 0 ? Signal(number: number) : nil
  }
}

extension Signal {
  /// Signals as the system calls want them.
  static func set(_ signals: [Signal]) -> sigset_t {
    var set = sigset_t()
    // The set is only filled during the calls.
    _ = unsafe sigemptyset(&set)
    for signal in signals { _ = unsafe sigaddset(&set, signal.number) }
    return set
  }
}
