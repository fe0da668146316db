extension Schema {
  /// Knows a file that was written anew, finds the first pages of instances without sorting, and
  /// checks at the commit that the instance of an event is there.
  ///
  /// The last one saves a journal for each statement that stores several events. It changes nothing
  /// that is stored, so that the text of the table may be replaced (SQLite, ALTER TABLE, section 7).
  /// RESET makes that known to this connection, the new indexes to others.
  static let version2 = """
    ALTER TABLE file_checkpoints
      ADD COLUMN tail_length INTEGER NOT NULL DEFAULT 0; -- of the end of the last covered line
    ALTER TABLE file_checkpoints
      ADD COLUMN tail_digest BLOB; -- its SHA-256: whether the content up to there is the same
    PRAGMA writable_schema = ON;
    UPDATE sqlite_schema SET sql = replace(
      sql,
      'instance_id TEXT NOT NULL REFERENCES instances (id),',
      'instance_id TEXT NOT NULL REFERENCES instances (id) DEFERRABLE INITIALLY DEFERRED,'
    ) WHERE type = 'table' AND name = 'mcp_events';
    PRAGMA writable_schema = RESET;
    DROP INDEX instances_created_at;
    DROP INDEX instances_last_activity;
    DROP INDEX instances_terminated_at;
    CREATE INDEX instances_created_at ON instances (created_at, status, type);
    CREATE INDEX instances_last_activity ON instances (last_activity, status, type);
    CREATE INDEX instances_terminated_at ON instances (terminated_at, status, type);
    CREATE INDEX instances_status ON instances (status, type);
    CREATE INDEX instances_type ON instances (type);
    """
}
