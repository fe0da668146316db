/// The versions of the database's layout.
///
/// `user_version` is the number of the last migration. `meta` holds `min_writer` and `min_reader`,
/// the oldest versions of this list that may still write and read the file; a migration that only
/// adds leaves them alone, so that older programs go on.
package enum Schema {
  /// `MCPS`, which marks a file as ours (SQLite file format, offset 68).
  package static let applicationID: Int32 = 0x4D43_5053

  /// The version that this program writes.
  package static let version = migrations.count

  /// One step from a version to the next.
  struct Migration: Sendable {
    let sql: String
    /// The oldest program that may write, and read, after this step; `nil` leaves it.
    var minimumWriter: Int?
    var minimumReader: Int?

    /// Whether the step only adds, so that it may run without being asked for.
    var isAdditive: Bool { minimumWriter == nil && minimumReader == nil }
  }

  /// All steps: the first makes version 1 of an empty file.
  static let migrations: [Migration] = [
    Migration(sql: version1),
    Migration(sql: version2),
  ]
}
