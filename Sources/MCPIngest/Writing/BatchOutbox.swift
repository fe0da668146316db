internal import Dispatch
internal import Synchronization

internal import MCPEvents
internal import MCPStore

/// Carries batches from the thread that reads to the one that writes, hashed on the way.
///
/// As much is under way as 12 MiB hold, what the writer has in its hands included, or one batch of
/// any size: some 50 ms of writing, so that the writer goes on while the reader, who has the lower
/// priority, gets no processor. When the writer makes no progress, because the database is locked
/// or its disk is full, a reader that cannot wait is refused.
final class BatchOutbox: Sendable {
  /// A batch on its way to the database.
  struct Parcel: Sendable {
    let sealed: SealedBatch
    /// What its lines were read from, by which its run is known.
    let source: String
  }

  fileprivate struct State {
    var parcels: [Parcel] = []
    var waitingBytes = 0
    /// What the writer has in its hands.
    var writingBytes = 0
    /// Whether the writer has batches in its hands.
    var isWriting = false
    var isClosed = false
    var isDead = false
    var lastProgress = ContinuousClock.now
    var empty: [RecordBatch] = []
  }

  /// How many emptied batches are kept: as many as a transaction takes.
  private static let mostEmpty = 4
  /// As much as 64 MiB of memory allow; what is under way fills it under load.
  fileprivate static let mostBytes = 12 << 20
  /// How long a working writer needs at most for the batches of a transaction.
  private static let stallTime = Duration.milliseconds(500)

  private let store: AgentStore?
  private let state: Mutex<State>
  private let arrived = DispatchSemaphore(value: 0)
  private let left = DispatchSemaphore(value: 0)
  private let isPatient: Bool

  /// Creates an empty outbox.
  ///
  /// - Parameters:
  ///   - store: Hashes the batches; without one all are refused.
  ///   - isPatient: Whether the reader waits as long as it takes, instead of being refused.
  init(store: AgentStore?, isPatient: Bool) {
    self.store = store
    self.isPatient = isPatient
    state = Mutex(State(isDead: store == nil))
  }

  // MARK: The reader's side

  /// Whether there are batches that are not written yet.
  var isBusy: Bool { state.withLock { !$0.parcels.isEmpty || $0.isWriting } }

  /// Whether everything is written, by a writer that works.
  var isIdle: Bool {
    state.withLock { $0.parcels.isEmpty && !$0.isWriting && !$0.isDead }
  }

  /// Whether nothing will be written any more.
  var isDead: Bool { state.withLock { $0.isDead } }

  /// Hands a batch over.
  ///
  /// - Parameters:
  ///   - batch: The batch; it is empty afterwards if it was taken.
  ///   - checkpoint: What is stored with it.
  ///   - source: What its lines were read from.
  /// - Returns: Whether it was taken; if not, the database cannot be written for now.
  func send(
    _ batch: inout RecordBatch,
    _ checkpoint: FileCheckpoint?,
    from source: String
  ) -> Bool {
    guard let store else { return false }
    while true {
      switch admission(of: batch.footprint) {
      case .admitted:
        let seal = store.seal(&batch)
        let parcel = Parcel(sealed: SealedBatch(batch, seal, checkpoint), source: source)
        batch = emptyBatch()
        state.withLock { $0.parcels.append(parcel) }
        arrived.signal()
        return true
      case .refused: return false
      case .full: _ = left.wait(timeout: .now() + .milliseconds(20))
      }
    }
  }

  private enum Admission {
    case admitted, full, refused
  }

  private func admission(of bytes: Int) -> Admission {
    state.withLock { state in
      if state.isDead { return .refused }
      // A writer that had nothing to do has not stalled.
      if state.parcels.isEmpty, !state.isWriting { state.lastProgress = .now }
      guard state.hasRoom(for: bytes) else {
        let isStalled = .now - state.lastProgress > Self.stallTime
        return isStalled && !isPatient ? .refused : .full
      }
      state.waitingBytes += bytes
      return .admitted
    }
  }

  /// Says that no more batches come.
  func close() {
    state.withLock { $0.isClosed = true }
    arrived.signal()
  }

  /// Waits until everything is written, or the writer cannot go on.
  func waitUntilIdle() {
    while state.withLock({ !($0.parcels.isEmpty && !$0.isWriting) && !$0.isStalled(Self.stallTime) }
    ) {
      _ = left.wait(timeout: .now() + .milliseconds(20))
    }
  }

  // MARK: The writer's side

  /// Whether no batch waits.
  var isEmpty: Bool { state.withLock { $0.parcels.isEmpty } }

  /// Whether no more batches come.
  var isClosed: Bool { state.withLock { $0.isClosed } }

  /// Waits for the next batch.
  ///
  /// - Parameters:
  ///   - interval: How long nothing may happen.
  ///   - beat: Called whenever it was so long.
  /// - Returns: The batch, or `nil` after the last.
  func next(every interval: Duration, _ beat: () -> Void) -> Parcel? {
    while true {
      if let parcel = takeFirst(where: { _ in true }) { return parcel }
      if state.withLock({ $0.isClosed && $0.parcels.isEmpty }) { return nil }
      let deadline = DispatchTime.now() + .milliseconds(Int(interval / .milliseconds(1)))
      if arrived.wait(timeout: deadline) == .timedOut { beat() }
    }
  }

  /// Takes the next batch too, if it is there and from the same source.
  func next(from source: String) -> SealedBatch? {
    takeFirst { $0.source == source }?.sealed
  }

  /// Takes batches back that are to be written later, in front of all others.
  func putBack(_ group: some Sequence<SealedBatch>, from source: String) {
    state.withLock { state in
      let parcels = group.map { Parcel(sealed: $0, source: source) }
      let bytes = parcels.reduce(0) { $0 + $1.sealed.batch.footprint }
      state.waitingBytes += bytes
      state.writingBytes -= bytes
      state.parcels.insert(contentsOf: parcels, at: 0)
    }
  }

  private func takeFirst(where isWanted: (Parcel) -> Bool) -> Parcel? {
    let parcel = state.withLock { state -> Parcel? in
      guard let first = state.parcels.first, isWanted(first) else { return nil }
      state.isWriting = true
      state.lastProgress = .now
      state.waitingBytes -= first.sealed.batch.footprint
      state.writingBytes += first.sealed.batch.footprint
      return state.parcels.removeFirst()
    }
    // There is room for another one now.
    if parcel != nil { left.signal() }
    return parcel
  }

  /// Takes the memory of batches back that are written.
  func recycle(_ group: inout [SealedBatch]) {
    while let sealed = group.popLast() { recycle(sealed) }
  }

  private func recycle(_ sealed: consuming SealedBatch) {
    // Emptied in place: a copy would leave the memory behind.
    sealed.batch.removeAll()
    let batch = sealed.batch
    state.withLock { state in
      if state.empty.count < Self.mostEmpty { state.empty.append(batch) }
    }
  }

  /// Notes that what the writer had taken is stored, and on the disk unless more waits.
  func didWrite() {
    state.withLock { state in
      state.isWriting = false
      state.writingBytes = 0
      state.lastProgress = .now
    }
    left.signal()
  }

  /// Gives up: what could not be written, and all behind it, can be taken out again.
  func giveUp(_ group: [SealedBatch], from source: String) {
    putBack(group, from: source)
    state.withLock { state in
      state.isWriting = false
      state.isDead = true
    }
    left.signal()
  }

  /// Takes out what was never written, in order.
  func takeRest() -> [RecordBatch] {
    state.withLock { state in
      defer { state.parcels = [] }
      return state.parcels.map(\.sealed.batch)
    }
  }

  /// An empty batch, of used memory if there is any.
  func emptyBatch() -> RecordBatch {
    state.withLock { $0.empty.popLast() } ?? RecordBatch()
  }
}

extension BatchOutbox.State {
  /// Whether a batch of this size may come; one alone always may.
  fileprivate func hasRoom(for bytes: Int) -> Bool {
    bytesUnderWay == 0 || bytesUnderWay + bytes <= BatchOutbox.mostBytes
  }

  fileprivate var bytesUnderWay: Int { waitingBytes + writingBytes }

  fileprivate func isStalled(_ limit: Duration) -> Bool {
    isDead || .now - lastProgress > limit && isWriting
  }
}

extension RecordBatch {
  /// How many bytes of memory it takes, about: what an empty one and a rejected line take is a
  /// guess.
  fileprivate var footprint: Int {
    1024 + size
      + events.count * MemoryLayout<EventRow>.stride
      + events.lines.count * MemoryLayout<EventBatch.Line>.stride
      + rejected.count * 128
  }
}
