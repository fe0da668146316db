import Glibc
import MCPSystem
import Testing

@Suite struct `A thread that yields` {
  private static var niceness: CInt { getpriority(CInt(PRIO_PROCESS.rawValue), 0) }

  @Test func `lowers its own priority, and that of threads it starts`() throws {
    let priorities = try Worker<[CInt], SystemError> { () throws(SystemError) in
      ThreadPriority.yield()
      let own = Self.niceness
      return [own, try Worker { Self.niceness }.join()]
    }.join()
    #expect(priorities.allSatisfy { $0 >= 10 })
  }

  @Test func `leaves others as they are, and never raises its priority`() throws {
    let before = Self.niceness
    let lowest = try Worker {
      _ = setpriority(CInt(PRIO_PROCESS.rawValue), 0, 19)
      ThreadPriority.yield()
      return Self.niceness
    }.join()
    #expect(lowest == 19)
    #expect(Self.niceness == before)
  }
}
