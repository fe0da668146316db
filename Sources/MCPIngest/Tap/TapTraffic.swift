internal import Synchronization

internal import Dispatch
internal import MCPEvents

/// Which way a message went.
enum TapDirection: String, CaseIterable, Sendable {
  case clientToServer = "c2s"
  case serverToClient = "s2c"
}

/// Bytes that were passed on, on their way to be recorded.
///
/// The side that passes them on never waits: what finds no room is dropped, and how much that was
/// stands in its place.
final class TapTraffic: Sendable {
  /// What happened on the wire.
  enum Item: Sendable {
    /// Bytes that were passed on, and when, in microseconds since 1970.
    case bytes(TapDirection, [UInt8], microseconds: Int64)
    /// Bytes that were passed on and are not known any more.
    case gap(TapDirection, Gap)
  }

  /// What was dropped.
  struct Gap: Hashable, Sendable {
    var bytes: Int64 = 0
    var lineEnds: Int64 = 0
    /// Whether it ends inside of a line.
    var isOpen = false

    mutating func add(_ bytes: Span<UInt8>) {
      self.bytes += Int64(bytes.count)
      for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") { lineEnds += 1 }
      isOpen = bytes[bytes.count - 1] != UInt8(ascii: "\n")
    }
  }

  private struct State {
    var items: [Item] = []
    var byteCount = 0
    var gaps: [TapDirection: Gap] = [:]
    var isClosed = false
  }

  private let limit: Int
  private let state = Mutex(State())
  private let arrived = DispatchSemaphore(value: 0)

  /// Creates an empty queue.
  ///
  /// - Parameter limit: How many bytes wait at most.
  init(limit: Int) {
    self.limit = limit
  }

  /// Adds bytes that were passed on.
  func add(_ bytes: Span<UInt8>, _ direction: TapDirection, at microseconds: Int64) {
    let wasEmpty = state.withLock { state in
      guard state.byteCount + bytes.count <= limit else {
        state.gaps[direction, default: Gap()].add(bytes)
        return false
      }
      defer {
        if let gap = state.gaps.removeValue(forKey: direction) {
          state.items.append(.gap(direction, gap))
        }
        state.items.append(
          .bytes(direction, [UInt8](copying: bytes), microseconds: microseconds)
        )
        state.byteCount += bytes.count
      }
      return state.items.isEmpty
    }
    if wasEmpty { arrived.signal() }
  }

  /// Says that no more comes.
  func close() {
    state.withLock { state in
      for (direction, gap) in state.gaps { state.items.append(.gap(direction, gap)) }
      state.gaps = [:]
      state.isClosed = true
    }
    arrived.signal()
  }

  /// Takes out all there is, and waits until there is something.
  ///
  /// - Returns: Nil when no more comes.
  func take() -> [Item]? {
    while true {
      let (items, isClosed) = state.withLock { state in
        defer {
          state.items = []
          state.byteCount = 0
        }
        return (state.items, state.isClosed)
      }
      if !items.isEmpty { return items }
      if isClosed { return nil }
      arrived.wait()
    }
  }
}
