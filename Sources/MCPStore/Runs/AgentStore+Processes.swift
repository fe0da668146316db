internal import GRDB

package import MCPEvents

/// An instance that has not ended, and its process.
package struct RunningInstance: Hashable, Sendable {
  package let id: String
  package let processID: Int64
  package let createdAt: UnixTime
  package let lastActivity: UnixTime

  package init(id: String, processID: Int64, createdAt: UnixTime, lastActivity: UnixTime) {
    self.id = id
    self.processID = processID
    self.createdAt = createdAt
    self.lastActivity = lastActivity
  }
}

extension AgentStore {
  /// The instances of a machine that have a process and have not ended.
  ///
  /// - Parameter host: The machine; instances that name none are included.
  /// - Returns: The instances, the oldest first.
  /// - Throws: A ``StoreError`` when the database cannot be read.
  package func runningInstances(on host: String) throws(StoreError) -> [RunningInstance] {
    try withConnection(.queryFailed, "read the instances in \(path)") { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT id, claude_pid, created_at, last_activity FROM instances
          WHERE claude_pid IS NOT NULL AND terminated_at IS NULL AND (host IS NULL OR host = ?)
          ORDER BY created_at, id
          """,
        arguments: [host]
      )
      return rows.map { row in
        RunningInstance(
          id: row[0],
          processID: row[1],
          createdAt: UnixTime(milliseconds: row[2]),
          lastActivity: UnixTime(milliseconds: row[3])
        )
      }
    }
  }
}
