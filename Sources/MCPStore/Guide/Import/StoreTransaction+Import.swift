internal import GRDB

internal import MCPEvents

extension StoreTransaction {
  /// Stores an instance of an original database, unless what is stored is as new.
  ///
  /// - Returns: Whether anything was stored.
  func importInstance(_ row: OriginalRow) throws -> Bool {
    guard let instance = OriginalRecords.instance(row) else { return false }
    let active = row.time("last_activity") ?? instance.createdAt
    if let stored = try RecordQueries.instance(instance.id, database) {
      guard let active, active > stored.lastActivity else { return false }
    }
    var patch = try instance.patch()
    if let active { try patch.set("last_activity", .integer(active.milliseconds)) }
    _ = try patches.apply(patch)
    return true
  }

  /// Creates a relationship of an original database, unless there is such a one.
  ///
  /// - Returns: Whether anything was stored.
  func importRelationship(_ row: OriginalRow) throws -> Bool {
    guard let relationship = OriginalRecords.relationship(row) else { return false }
    let patch = try relationship.patch()
    guard try RecordQueries.relationshipID(patch, database) == nil else { return false }
    return try patches.apply(patch)
  }

  /// Stores an issue of an original database, unless what is stored is as new.
  ///
  /// - Returns: Whether anything was stored.
  func importIssue(_ row: OriginalRow) throws -> Bool {
    guard let issue = OriginalRecords.issue(row) else { return false }
    let repository = "\(issue.repositoryOwner)/\(issue.repositoryName)"
    if let stored = try RecordQueries.issue(issue.number, repository, database) {
      guard let new = issue.updatedAt, let old = stored.updatedAt, new > old else { return false }
    }
    return try patches.apply(issue.patch())
  }

  /// Stores a configuration value of an original database, unless what is stored is as new.
  ///
  /// - Returns: Whether anything was stored.
  func importConfig(_ row: OriginalRow) throws -> Bool {
    guard let key = row.name("key"), let value = row.text("value") else { return false }
    if let stored = try ConfigRow.find(key, database) {
      guard let new = row.time("updated_at"), new > stored.updatedAt else { return false }
    }
    try setConfig(key, value, encrypted: (row.integer("encrypted") ?? 0) != 0)
    return true
  }
}
