internal import Dispatch
internal import Synchronization

/// Hands values from one thread to another, and holds the producer back when the consumer lags.
///
/// Values come out in the order they went in. After ``close()`` those already in still come out.
package final class BoundedQueue<Element: Sendable>: Sendable {
  /// What ``pop(until:)`` found.
  package enum Popped: Sendable {
    case element(Element)
    /// The queue is closed and empty.
    case closed
    /// Nothing came in time.
    case deadline
  }

  // Each semaphore counts what its side may take; closing adds one token to both, which everyone
  // who finds it puts back, so nobody waits on a closed queue.
  private let ring: Mutex<Ring<Element>>
  private let free = DispatchSemaphore(value: 0)
  private let filled = DispatchSemaphore(value: 0)

  /// Makes an empty queue.
  ///
  /// - Parameter capacity: How many values it holds at most.
  package init(capacity: Int) {
    precondition(capacity > 0, "capacity must be positive")
    ring = Mutex(Ring(capacity: capacity))
    // Dispatch traps on a semaphore that dies below its initial value, so it starts at 0.
    for _ in 0..<capacity { free.signal() }
  }

  /// Adds a value, and waits for room as long as it takes.
  ///
  /// - Parameter element: The value.
  /// - Returns: False when the queue is closed; the value is not added then.
  package func push(_ element: Element) -> Bool {
    free.wait()
    return add(element)
  }

  /// Adds a value if there is room.
  ///
  /// - Parameter element: The value.
  /// - Returns: False when the queue is full or closed; the value is not added then.
  package func tryPush(_ element: Element) -> Bool {
    guard free.wait(timeout: .now()) == .success else { return false }
    return add(element)
  }

  /// Takes the oldest value, and waits for one as long as it takes.
  ///
  /// - Returns: Nil when the queue is closed and empty.
  package func pop() -> Element? {
    filled.wait()
    return remove()
  }

  /// Takes the oldest value, and waits for one until a deadline.
  ///
  /// - Parameter deadline: When to give up.
  /// - Returns: The value, or why there is none.
  package func pop(until deadline: ContinuousClock.Instant) -> Popped {
    guard filled.wait(timeout: DispatchTime(deadline)) == .success else { return .deadline }
    guard let element = remove() else { return .closed }
    return .element(element)
  }

  /// Takes the oldest value if there is one.
  ///
  /// - Returns: Nil when the queue is empty.
  package func tryPop() -> Element? {
    guard filled.wait(timeout: .now()) == .success else { return nil }
    return remove()
  }

  /// Refuses further values; wakes whoever waits.
  ///
  /// Closing twice is allowed.
  package func close() {
    let wasOpen = ring.withLock { ring in
      defer { ring.isClosed = true }
      return !ring.isClosed
    }
    guard wasOpen else { return }
    free.signal()
    filled.signal()
  }

  /// How many values wait.
  package var count: Int { ring.withLock { $0.count } }

  private func add(_ element: Element) -> Bool {
    let isAdded = ring.withLock { $0.append(element) }
    (isAdded ? filled : free).signal()
    return isAdded
  }

  private func remove() -> Element? {
    let element = ring.withLock { $0.popFirst() }
    (element == nil ? filled : free).signal()
    return element
  }
}

extension DispatchTime {
  /// The same moment on Dispatch's clock.
  fileprivate init(_ deadline: ContinuousClock.Instant) {
    let (seconds, attoseconds) = (deadline - .now).components
    let nanoseconds = min(seconds, 1_000_000_000) * 1_000_000_000 + attoseconds / 1_000_000_000
    self = .now() + .nanoseconds(Int(max(0, nanoseconds)))
  }
}
