import MCPSystem
import Testing

@Suite struct `A bounded queue` {
  @Test(arguments: [1, 2, 7])
  func `hands everything over in order`(capacity: Int) throws {
    let queue = BoundedQueue<Int>(capacity: capacity)
    let producer = try Worker {
      for number in 0..<10_000 { _ = queue.push(number) }
      queue.close()
    }

    var numbers: [Int] = []
    while let number = queue.pop() { numbers.append(number) }
    producer.join()

    #expect(numbers == Array(0..<10_000))
  }

  @Test func `never holds more than its capacity`() {
    let queue = BoundedQueue<Int>(capacity: 2)

    #expect(queue.tryPush(1))
    #expect(queue.tryPush(2))
    #expect(!queue.tryPush(3))
    #expect(queue.count == 2)
    #expect(queue.tryPop() == 1)
    #expect(queue.tryPush(4))
    #expect(queue.tryPop() == 2)
    #expect(queue.tryPop() == 4)
    #expect(queue.tryPop() == nil)
  }

  @Test func `gives out what was in it when it was closed`() {
    let queue = BoundedQueue<Int>(capacity: 3)
    _ = queue.push(1)
    _ = queue.push(2)

    queue.close()
    queue.close()

    #expect(!queue.push(3))
    #expect(!queue.tryPush(3))
    #expect(queue.pop() == 1)
    #expect(queue.pop() == 2)
    #expect(queue.pop() == nil)
    #expect(queue.pop() == nil)
    #expect(queue.tryPop() == nil)
  }

  @Test func `closes on a producer that waits for room`() throws {
    let queue = BoundedQueue<Int>(capacity: 1)
    _ = queue.push(1)
    let producer = try Worker { queue.push(2) }

    queue.close()

    let isAdded = producer.join()
    #expect(!isAdded)
  }

  @Test func `closes on a consumer that waits for a value`() throws {
    let queue = BoundedQueue<Int>(capacity: 1)
    let consumer = try Worker { queue.pop() }

    queue.close()

    let number = consumer.join()
    #expect(number == nil)
  }

  @Test func `stops waiting at a deadline`() {
    let queue = BoundedQueue<Int>(capacity: 1)

    guard case .deadline = queue.pop(until: .now) else {
      Issue.record("the queue was empty")
      return
    }
    _ = queue.push(5)
    guard case .element(5) = queue.pop(until: .now + .seconds(60)) else {
      Issue.record("the queue held a value")
      return
    }
    queue.close()
    guard case .closed = queue.pop(until: .now + .seconds(60)) else {
      Issue.record("the queue was closed")
      return
    }
  }
}

@Suite struct `A worker` {
  private struct Failure: Error, Hashable {}

  @Test func `returns its result`() throws {
    let worker = try Worker { 6 * 7 }

    let result = worker.join()
    #expect(result == 42)
  }

  @Test func `throws its error`() throws {
    let worker = try Worker { () throws(Failure) -> Int in throw Failure() }

    do throws(Failure) {
      _ = try worker.join()
      Issue.record("the error was lost")
    } catch {
      #expect(error == Failure())
    }
  }

  @Test func `is waited for when it is dropped`() throws {
    let queue = BoundedQueue<Int>(capacity: 1)

    do { _ = try Worker { queue.push(1) } }

    #expect(queue.tryPop() == 1)
  }
}
