/// When it is waited for the disk after a commit.
package enum CommitSync: Sendable {
  /// As its last step, while the write lock is held: who sees it sees what is on the disk.
  case atCommit
  /// By ``AgentStore/syncLog()``, when others can write already. Until then a power failure may
  /// take the commit, though readers see it. Only where ``AgentStore/canSyncLater``.
  case later
}
