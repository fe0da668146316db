internal import Glibc

/// What a descriptor is waited for, or is ready for.
package struct Readiness: OptionSet, Hashable, Sendable {
  package let rawValue: Int16

  package init(rawValue: Int16) {
    self.rawValue = rawValue
  }

  /// A read will not wait: there are bytes, or the end of the stream.
  package static let input = Self(rawValue: Int16(POLLIN))

  /// A write will not wait.
  package static let output = Self(rawValue: Int16(POLLOUT))

  /// The other end is gone; told even if nobody asked.
  ///
  /// Bytes may still wait to be read.
  package static let hangUp = Self(rawValue: Int16(POLLHUP))

  /// The descriptor has failed, or nobody reads from it; told even if nobody asked.
  package static let failure = Self(rawValue: Int16(POLLERR))
}

/// Waits for descriptors, a deadline or a wake-up from another thread, whichever comes first.
///
/// Regular files are always ready. Descriptors are watched by number: take care that a watched one
/// stays open.
package struct Poller: ~Copyable {
  /// Why a wait ended.
  package enum Outcome: Sendable {
    /// ``Waker/wake()`` was called; watched descriptors may be ready too.
    case woken
    /// At least one watched descriptor is ready.
    case ready
    /// Nothing happened before the deadline.
    case deadline
  }

  /// A watched descriptor; ask ``Poller/readiness(of:)`` with it.
  package struct Watch: Hashable, Sendable {
    fileprivate let index: Int
  }

  private let waker: Waker?
  // The waker's descriptor is the last one; it is -1, which poll ignores, when there is none.
  private var entries: [pollfd]

  /// Makes a poller that watches nothing yet.
  ///
  /// - Parameter waker: What may end a wait from another thread.
  package init(waker: Waker? = nil) {
    self.waker = waker
    entries = [pollfd(fd: waker?.descriptorNumber ?? -1, events: Int16(POLLIN), revents: 0)]
  }

  /// Adds a descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: An open file; it must stay open while it is watched.
  ///   - interest: What to wait for; empty means only hang-ups and failures.
  /// - Returns: What to ask for its readiness with.
  package mutating func watch(
    _ descriptor: borrowing some Descriptor & ~Copyable,
    for interest: Readiness
  ) -> Watch {
    let entry = pollfd(fd: descriptor.number, events: interest.rawValue, revents: 0)
    entries.insert(entry, at: entries.count - 1)
    return Watch(index: entries.count - 2)
  }

  /// Changes what a descriptor is waited for.
  ///
  /// - Parameters:
  ///   - watch: The watched descriptor.
  ///   - interest: What to wait for; nil stops watching it altogether, until it is changed again.
  package mutating func change(_ watch: Watch, to interest: Readiness?) {
    let number = entries[watch.index].fd
    // poll ignores negative numbers; the complement keeps the number for later.
    entries[watch.index].fd = (number < 0) == (interest == nil) ? number : ~number
    entries[watch.index].events = interest?.rawValue ?? 0
    entries[watch.index].revents = 0
  }

  /// What the descriptor was ready for when the last wait ended.
  ///
  /// - Parameter watch: The watched descriptor.
  /// - Returns: Empty when it was not ready.
  package func readiness(of watch: Watch) -> Readiness {
    let events = entries[watch.index].revents
    return events & Int16(POLLNVAL) == 0 ? Readiness(rawValue: events) : .failure
  }

  /// Blocks until something happens.
  ///
  /// A wake-up that came before the call ends it at once.
  ///
  /// - Parameter deadline: When to give up; nil means never.
  /// - Returns: Why it ended.
  /// - Throws: A `SystemError` when the system has no memory.
  package mutating func wait(
    until deadline: ContinuousClock.Instant? = nil
  ) throws(SystemError) -> Outcome {
    while true {
      let timeout = Self.milliseconds(until: deadline)
      let count = poll(timeout)
      if count < 0 {
        guard errno == EINTR else { throw SystemError(lastErrorOf: "poll") }
        continue
      }
      if let waker, entries[entries.count - 1].revents != 0 {
        waker.reset()
        return .woken
      }
      if count > 0 { return .ready }
      // A deadline further away than poll can count is waited for in several rounds.
      if let deadline, deadline <= .now { return .deadline }
    }
  }

  // The kernel fills in the array during the call.
  private mutating func poll(_ timeout: CInt) -> CInt {
    unsafe entries.withUnsafeMutableBufferPointer { buffer in
      unsafe Glibc.poll(buffer.baseAddress, nfds_t(buffer.count), timeout)
    }
  }

  /// The time left, rounded up so that no wait ends early; -1 when there is no deadline.
  private static func milliseconds(until deadline: ContinuousClock.Instant?) -> CInt {
    guard let deadline else { return -1 }
    let (seconds, attoseconds) = (deadline - .now).components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < 1_000_000 else { return 1_000_000_000 }
    let attosecondsPerMillisecond: Int64 = 1_000_000_000_000_000
    let fraction = (attoseconds + attosecondsPerMillisecond - 1) / attosecondsPerMillisecond
    return CInt(seconds * 1_000 + fraction)
  }
}
