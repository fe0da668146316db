internal import Synchronization

internal import MCPEvents

/// Events that tasks want to log one by one, and that are committed together.
///
/// A commit costs as much for many events as for one. While one is under way, the events that come
/// meanwhile gather here, and the next commit takes them all.
struct EventQueue: Sendable {
  /// An event, and the task that waits for it.
  struct Waiting: Sendable {
    let event: NewMCPEvent
    let task: CheckedContinuation<Result<Int64, StoreError>, Never>
  }

  private var waiting: [Waiting] = []

  /// Adds an event.
  ///
  /// - Returns: Whether somebody has to be asked to take what is here.
  mutating func add(_ new: Waiting) -> Bool {
    waiting.append(new)
    return waiting.count == 1
  }

  /// Takes the events out, at most so many that no commit keeps others waiting long.
  ///
  /// - Returns: The events, and whether some are left.
  mutating func take() -> (events: [Waiting], isMore: Bool) {
    guard waiting.count > Self.mostTogether else {
      defer { waiting = [] }
      return (waiting, false)
    }
    defer { waiting.removeFirst(Self.mostTogether) }
    return (Array(waiting.prefix(Self.mostTogether)), true)
  }

  private static let mostTogether = 500
}

extension AgentStore {
  /// Logs an event together with those that other tasks are logging.
  func logTogether(_ event: NewMCPEvent) async throws(StoreError) -> Int64 {
    let result = await withCheckedContinuation { task in
      let isFirst = eventQueue.withLock { $0.add(.init(event: event, task: task)) }
      if isFirst { writerLane.enqueue { [self] in commitWaitingEvents() } }
    }
    return try result.get()
  }

  private func commitWaitingEvents() {
    let (events, isMore) = eventQueue.withLock { $0.take() }
    if isMore { writerLane.enqueue { [self] in commitWaitingEvents() } }
    let ids: [Int64]
    do throws(StoreError) {
      ids = try write(.logFailed, "log \(events.count) events in \(path)") { database in
        let transaction = StoreTransaction(database, self, isShared: false)
        return try transaction.log(events.map(\.event))
      }
    } catch {
      return commitOneByOne(events, after: error)
    }
    for (waiting, id) in zip(events, ids) { waiting.task.resume(returning: .success(id)) }
  }

  /// Finds out which event was wrong; the others are stored all the same.
  private func commitOneByOne(_ events: [EventQueue.Waiting], after error: StoreError) {
    let isOfOneEvent = error.reason == .invalid || error.reason == .notFound
    for waiting in events {
      guard isOfOneEvent else {
        waiting.task.resume(returning: .failure(error))
        continue
      }
      waiting.task.resume(
        returning: Result { () throws(StoreError) in
          try write(.logFailed, "log an event in \(path)") { database in
            try StoreTransaction(database, self, isShared: false).logMCPEvent(waiting.event)
          }
        }
      )
    }
  }
}
