import Testing

@testable import MCPStore

@Suite struct `How many batches share a transaction` {
  private func budget(batches: Int, bytes: Int = 1000) -> TransactionBudget {
    var budget = TransactionBudget()
    for _ in 0..<batches { budget.add(bytes: bytes) }
    return budget
  }

  @Test func `is limited by the time that one more would take, while others wait`() {
    #expect(budget(batches: 2).hasRoom(after: .milliseconds(30), othersWait: true))
    #expect(!budget(batches: 2).hasRoom(after: .milliseconds(31), othersWait: true))
    #expect(!budget(batches: 1).hasRoom(after: .milliseconds(40), othersWait: true))
  }

  @Test func `is larger while nobody waits, and not without end`() {
    #expect(budget(batches: 2).hasRoom(after: .milliseconds(60), othersWait: false))
    #expect(!budget(batches: 2).hasRoom(after: .milliseconds(70), othersWait: false))
  }

  @Test func `asks whether others wait only when it matters`() {
    var questions = 0
    func ask() -> Bool {
      questions += 1
      return true
    }
    let isSmall = budget(batches: 3).hasRoom(after: .milliseconds(3), othersWait: ask())
    let isLarge = budget(batches: 1).hasRoom(after: .milliseconds(200), othersWait: ask())
    #expect(isSmall)
    #expect(!isLarge)
    #expect(questions == 0)
    let isBetween = budget(batches: 1).hasRoom(after: .milliseconds(30), othersWait: ask())
    #expect(!isBetween)
    #expect(questions == 1)
  }

  @Test func `is limited by the bytes that one more would add`() {
    #expect(budget(batches: 3, bytes: 1 << 20).hasRoom(after: .zero, othersWait: false))
    #expect(!budget(batches: 4, bytes: 1 << 20).hasRoom(after: .zero, othersWait: false))
    #expect(!budget(batches: 1, bytes: 8 << 20).hasRoom(after: .zero, othersWait: false))
  }
}
