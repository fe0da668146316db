internal import GRDB

extension AgentStore {
  /// Runs `body` at a moment when this process holds no lock of the database.
  ///
  /// A process that is stopped inside a transaction keeps all others from writing; waits for a
  /// transaction that is under way.
  package func whileIdle(_ body: () -> Void) {
    guard let queue = try? openQueue() else { return body() }
    queue.writeWithoutTransaction { _ in body() }
  }
}
