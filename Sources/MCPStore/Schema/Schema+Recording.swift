extension Schema {
  static let runsTable = """
    CREATE TABLE ingest_runs (
      id INTEGER PRIMARY KEY,
      source TEXT NOT NULL, -- what was read: stdin, or a file
      labels TEXT, -- a JSON object, for example the id of a CI job
      host TEXT,
      os_user TEXT,
      pid INTEGER NOT NULL,
      program_version TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      heartbeat_at INTEGER NOT NULL, -- the last sign of life
      ended_at INTEGER, -- NULL while it runs, and where it was killed
      ending TEXT, -- finished, stopped, failed, interrupted
      lines_read INTEGER NOT NULL DEFAULT 0, -- the sum of the next five
      events INTEGER NOT NULL DEFAULT 0, -- lines that created, opened or closed a record
      duplicates INTEGER NOT NULL DEFAULT 0, -- lines whose records were all known
      ignored INTEGER NOT NULL DEFAULT 0, -- lines of a known format without a record
      blank INTEGER NOT NULL DEFAULT 0,
      rejected INTEGER NOT NULL DEFAULT 0, -- lines that are kept in rejected_lines
      stored INTEGER NOT NULL DEFAULT 0, -- rows of mcp_events
      redactions INTEGER NOT NULL DEFAULT 0, -- secrets replaced before anything was stored
      spilled INTEGER NOT NULL DEFAULT 0, -- lines that waited outside of the database
      lost INTEGER NOT NULL DEFAULT 0, -- lines that could be kept nowhere
      retries INTEGER NOT NULL DEFAULT 0, -- batches that had to wait for the database
      waited_us INTEGER NOT NULL DEFAULT 0, -- how long they waited
      wal_bytes INTEGER NOT NULL DEFAULT 0, -- the largest write-ahead log seen
      first_batch INTEGER, -- the batches of event_batches that it sealed
      last_batch INTEGER,
      error TEXT -- why it failed
    ) STRICT;
    CREATE TABLE file_checkpoints (
      id INTEGER PRIMARY KEY,
      prefix_length INTEGER NOT NULL, -- of the content's first bytes, at most 4096
      prefix_digest BLOB NOT NULL, -- their SHA-256: it knows the file under any name
      covered_bytes INTEGER NOT NULL, -- of the uncompressed content, up to the last commit
      covered_lines INTEGER NOT NULL,
      unfinished_bytes INTEGER NOT NULL DEFAULT 0, -- of a cut last line, read again once it grows
      agent_offset INTEGER, -- where the first line of an agent's own format begins
      path TEXT NOT NULL, -- where it was last seen
      run_id INTEGER NOT NULL REFERENCES ingest_runs (id),
      updated_at INTEGER NOT NULL,
      UNIQUE (prefix_digest, prefix_length)
    ) STRICT;
    """

  static let batchesTable = """
    CREATE TABLE event_batches (
      seq INTEGER PRIMARY KEY, -- 1, 2, 3 …: the position in the log of batches
      kind TEXT NOT NULL CHECK (kind = 'events' OR kind = 'erasure' OR kind = 'import'),
      run_id INTEGER, -- the run that sealed it
      first_id INTEGER NOT NULL, -- the ids first_id ..< first_id + count
      count INTEGER NOT NULL,
      leaves BLOB NOT NULL, -- SHA-256(0x00 ‖ line) of each event, 32 bytes each
      root BLOB NOT NULL, -- the RFC 6962 tree hash of the leaves
      nodes BLOB NOT NULL, -- the inner nodes of the log that this row completes, from below
      sealed_at INTEGER NOT NULL,
      reason TEXT -- of an erasure: what was erased and why, the text its leaf is made of
    ) STRICT;
    """

  static let rejectedTable = """
    CREATE TABLE rejected_lines (
      id INTEGER PRIMARY KEY,
      run_id INTEGER NOT NULL REFERENCES ingest_runs (id),
      line_number INTEGER NOT NULL, -- from 1
      byte_offset INTEGER NOT NULL, -- of the line's first byte in the input
      byte_length INTEGER NOT NULL, -- of the whole line
      code TEXT NOT NULL, -- a word for the reason
      reason TEXT NOT NULL,
      line BLOB NOT NULL, -- as it was read; of a line that is too long the first 64 KiB
      digest BLOB, -- the SHA-256 of a whole line that is too long
      received_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX rejected_lines_run ON rejected_lines (run_id);
    """

  static let openCallsTable = """
    CREATE TABLE open_calls (
      event_uid TEXT NOT NULL PRIMARY KEY, -- the uid that the event of its result will have
      instance_id TEXT NOT NULL,
      tool_name TEXT NOT NULL,
      session_id TEXT,
      call_id TEXT,
      started_at INTEGER NOT NULL,
      notes TEXT NOT NULL, -- what is known of the call so far, JSON
      run_id INTEGER -- the run that saw it begin
    ) STRICT;
    CREATE INDEX open_calls_run ON open_calls (run_id);
    """

  static let syncTable = """
    CREATE TABLE sync_rows (
      table_name TEXT NOT NULL,
      row_key TEXT NOT NULL, -- a JSON array of the key columns
      hlc INTEGER NOT NULL, -- hybrid logical clock of the last edit
      origin INTEGER NOT NULL, -- where the last edit was made
      deleted INTEGER NOT NULL DEFAULT 0,
      position INTEGER, -- in this machine's log of edits; NULL came from elsewhere
      PRIMARY KEY (table_name, row_key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX sync_rows_position ON sync_rows (position) WHERE position IS NOT NULL;
    """
}
