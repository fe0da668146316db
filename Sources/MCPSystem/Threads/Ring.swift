/// A queue of limited length that never allocates after its creation.
struct Ring<Element> {
  private var slots: [Element?]
  private var first = 0
  private(set) var count = 0
  var isClosed = false

  init(capacity: Int) {
    slots = Array(repeating: nil, count: capacity)
  }

  /// Adds a value at the end, unless the ring is closed.
  mutating func append(_ element: Element) -> Bool {
    guard !isClosed else { return false }
    precondition(count < slots.count, "the ring is full")
    slots[(first + count) % slots.count] = element
    count += 1
    return true
  }

  /// Takes the value at the front.
  mutating func popFirst() -> Element? {
    guard count > 0 else { return nil }
    let element = slots[first].take()
    first = (first + 1) % slots.count
    count -= 1
    return element
  }
}
