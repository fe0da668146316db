internal import Dispatch
internal import Glibc
internal import Synchronization

/// A signal by which somebody asks this process to stop.
package struct StopSignal: Hashable, Sendable {
  /// Ctrl-C.
  package static let interrupt = Self(number: SIGINT)

  /// What `kill` sends.
  package static let terminate = Self(number: SIGTERM)

  /// The terminal was closed.
  package static let hangUp = Self(number: SIGHUP)

  /// Ctrl-\.
  package static let quit = Self(number: SIGQUIT)

  /// The number of the signal.
  package let number: CInt

  package init(number: CInt) {
    self.number = number
  }

  /// The exit status of a process that was stopped by it, as shells count: 128 + number.
  package var exitStatus: CInt { 128 + number }
}

/// A wish to stop: the first one is to be met gracefully, every further one at once.
package struct StopRequest: Hashable, Sendable {
  /// The signal that came first.
  package let first: StopSignal

  /// The signal that came last.
  package let latest: StopSignal

  /// How many came in all.
  package let count: Int

  /// Whether the sender lost patience.
  package var isImmediate: Bool { count > 1 }
}

/// Takes over signals that would otherwise end the process, for as long as it lives.
///
/// From the end of `init` on, such a signal ends nothing; it is counted and told.
package struct StopSignals: ~Copyable {
  /// Those by which people and terminals end a program that reads a pipe.
  ///
  /// A terminal that is closed ends the agent too, whose last words are still to come.
  package static let all: [StopSignal] = [.interrupt, .terminate, .hangUp]

  private let sources: [any DispatchSourceSignal]
  private let tally: Tally

  /// Takes over `signals`.
  ///
  /// - Parameters:
  ///   - signals: Which ones.
  ///   - waker: Woken after each signal.
  ///   - handler: Called after each signal on another thread, one call at a time; it may end the
  ///     process.
  package init(
    _ signals: [StopSignal] = [.interrupt, .terminate],
    waker: Waker? = nil,
    handler: @escaping @Sendable (StopRequest) -> Void = { _ in }
  ) {
    let tally = Tally()
    let queue = DispatchQueue(label: "stop-signals")
    let installed = DispatchGroup()
    // Not SIG_IGN first, as on Darwin: on Linux that loses the signal. Installing is asynchronous,
    // and until it is done a signal ends the process, hence the wait.
    sources = signals.map { signal in
      installed.enter()
      // The handler keeps the source alive until it is cancelled.
      let source = DispatchSource.makeSignalSource(signal: signal.number, queue: queue)
      source.setRegistrationHandler { installed.leave() }
      source.setEventHandler {
        handler(tally.add(signal, count: Int(source.data)))
        waker?.wake()
      }
      source.resume()
      return source
    }
    installed.wait()
    self.tally = tally
  }

  deinit {
    for source in sources { source.cancel() }
  }

  /// What was asked for so far; nil when nobody did.
  package var request: StopRequest? { tally.request }
}

/// Counts signals, on the queue that delivers them and for the threads that ask.
private final class Tally: Sendable {
  private let state = Mutex<StopRequest?>(nil)

  var request: StopRequest? { state.withLock { $0 } }

  func add(_ signal: StopSignal, count: Int) -> StopRequest {
    state.withLock { state in
      let request = StopRequest(
        first: state?.first ?? signal,
        latest: signal,
        count: (state?.count ?? 0) + max(1, count)
      )
      state = request
      return request
    }
  }
}
