/// Decides how many batches are stored in one transaction.
///
/// A transaction has a cost of its own: it waits for the disk, and writes every page that it has
/// touched once. Larger ones spread it over more events, but nobody else can write meanwhile.
struct TransactionBudget {
  /// How long its batches may take while others wait for the lock; committing comes on top.
  private static let sharedTime = Duration.milliseconds(45)
  /// The same while nobody waits: who comes then waits for one batch more, and the commit.
  private static let ownTime = Duration.milliseconds(100)
  /// How many bytes of records it may hold: their pages have to fit into the cache.
  private static let bytes = 4 << 20

  private var batches = 0
  private var bytes = 0

  /// Notes that a batch is part of the transaction.
  mutating func add(bytes: Int) {
    batches += 1
    self.bytes += bytes
  }

  /// Whether one more batch fits in, as large and as slow as the ones before.
  ///
  /// - Parameters:
  ///   - elapsed: How long they took.
  ///   - othersWait: Whether others wait for the lock.
  /// - Returns: Whether it does.
  func hasRoom(after elapsed: Duration, othersWait: @autoclosure () -> Bool) -> Bool {
    let next = batches + 1
    guard bytes * next <= Self.bytes * batches else { return false }
    if elapsed * next <= Self.sharedTime * batches { return true }
    return elapsed * next <= Self.ownTime * batches && !othersWait()
  }
}
