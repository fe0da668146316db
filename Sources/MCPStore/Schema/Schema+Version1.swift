extension Schema {
  /// All tables, and their meaning, which `.schema` shows.
  ///
  /// Times are Unix milliseconds in UTC, flags 0 or 1. CHECKs are chains of OR, the commonest value
  /// first: SQLite 3.40 builds the list of an `IN` anew for every row, which costs 40 % of
  /// ingestion.
  static let version1 = [
    metaTable, instancesTable, originsTable, runsTable, eventsTable, relationshipsTable,
    issuesTable, configTable, batchesTable, rejectedTable, openCallsTable, syncTable,
  ].joined(separator: "\n")

  private static let metaTable = """
    CREATE TABLE meta (
      key TEXT NOT NULL PRIMARY KEY, -- database_id, min_writer, min_reader, last_backup, last_vacuum
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  private static let instancesTable = """
    CREATE TABLE instances (
      id TEXT NOT NULL PRIMARY KEY CHECK (id <> ''), -- chosen by whoever starts the agent
      type TEXT NOT NULL DEFAULT 'coding' -- coding, review, planning, or a word with a dot
        CHECK (type = 'coding' OR type = 'review' OR type = 'planning' OR type LIKE '%_._%'),
      status TEXT NOT NULL DEFAULT 'started' -- or a word with a dot
        CHECK (status = 'started' OR status = 'terminated' OR status = 'waiting_review'
          OR status = 'pr_created' OR status = 'pr_merged' OR status = 'pr_closed'
          OR status LIKE '%_._%'),
      worktree_path TEXT, -- the directory it works in
      branch_name TEXT,
      base_branch TEXT, -- the branch that its work is to be merged into
      tmux_session TEXT,
      claude_pid INTEGER, -- the process id of the agent, whichever agent it is
      issue_number INTEGER, -- the issue it works on
      pr_number INTEGER,
      pr_url TEXT,
      parent_instance_id TEXT REFERENCES instances (id), -- who started it
      created_at INTEGER NOT NULL,
      terminated_at INTEGER, -- set with the statuses terminated, pr_merged and pr_closed
      last_activity INTEGER NOT NULL, -- the newest event or update
      system_prompt TEXT,
      agent_number INTEGER NOT NULL DEFAULT 1, -- which of several agents on one issue
      name TEXT, -- what people call it
      agent TEXT, -- the program, such as claude or codex
      model TEXT,
      repo TEXT, -- owner/name
      host TEXT,
      os_user TEXT,
      metadata TEXT CHECK (metadata IS NULL OR json_valid(metadata)), -- labels, result, tokens, cost
      status_changed_at INTEGER NOT NULL, -- an older event does not move the status
      event_count INTEGER NOT NULL DEFAULT 0 -- events ever stored; the last instance_seq
    ) STRICT;
    CREATE INDEX instances_created_at ON instances (created_at);
    CREATE INDEX instances_last_activity ON instances (last_activity);
    CREATE INDEX instances_terminated_at ON instances (terminated_at);
    CREATE INDEX instances_parent ON instances (parent_instance_id)
      WHERE parent_instance_id IS NOT NULL;
    CREATE INDEX instances_issue ON instances (issue_number) WHERE issue_number IS NOT NULL;
    """

  private static let originsTable = """
    CREATE TABLE origins (
      id INTEGER PRIMARY KEY, -- 0 is this database
      database_id TEXT NOT NULL UNIQUE,
      label TEXT -- for the ids of instances that two origins share
    ) STRICT;
    """

  private static let eventsTable = """
    CREATE TABLE mcp_events (
      id INTEGER PRIMARY KEY, -- the last sealed id + 1; never used again
      instance_id TEXT NOT NULL REFERENCES instances (id),
      tool_name TEXT NOT NULL, -- as the agent names it
      success INTEGER NOT NULL CHECK (success = 1 OR success = 0), -- 1 exactly if outcome is ok
      error_message TEXT,
      metadata TEXT, -- any JSON, byte for byte
      git_commit_hash TEXT,
      status_change TEXT, -- the status that the event announces
      is_status_updating INTEGER NOT NULL DEFAULT 0 -- whether it also moves the instance's status
        CHECK (is_status_updating = 0 OR is_status_updating = 1),
      timestamp INTEGER NOT NULL, -- when it happened
      outcome TEXT NOT NULL
        CHECK (success = (outcome = 'ok') AND (outcome = 'ok' OR outcome = 'error'
          OR outcome = 'unknown' OR outcome = 'denied' OR outcome = 'cancelled'
          OR outcome = 'timeout' OR outcome = 'incomplete' OR outcome = 'input_required')),
      duration_us INTEGER, -- microseconds
      server_name TEXT, -- the MCP server
      tool_kind TEXT, -- read, edit, delete, move, search, execute, fetch, think, other
      session_id TEXT, -- the agent's own id of its session
      call_id TEXT, -- the agent's own id of the call
      parent_call_id TEXT, -- the call inside which this one was made
      source_format TEXT, -- NULL is the line protocol
      received_at INTEGER NOT NULL, -- when the line was read
      extra TEXT, -- a JSON object of the keys that are no columns
      event_uid TEXT, -- family:scope:call id[:phase]; an event is stored once
      instance_seq INTEGER NOT NULL, -- 1, 2, 3 … for each instance
      supersedes INTEGER, -- the older record of the same call, which readers then leave out
      origin INTEGER NOT NULL DEFAULT 0, -- the database that stored it first, see origins
      origin_id INTEGER -- its id there; NULL where origin is 0
    ) STRICT;
    CREATE INDEX mcp_events_instance ON mcp_events (instance_id, timestamp);
    CREATE INDEX mcp_events_tool ON mcp_events (tool_name, timestamp);
    CREATE INDEX mcp_events_timestamp ON mcp_events (timestamp);
    CREATE INDEX mcp_events_failed ON mcp_events (timestamp) WHERE success = 0;
    CREATE UNIQUE INDEX mcp_events_uid ON mcp_events (event_uid) WHERE event_uid IS NOT NULL;
    CREATE UNIQUE INDEX mcp_events_origin ON mcp_events (origin, origin_id)
      WHERE origin_id IS NOT NULL;
    """

  private static let relationshipsTable = """
    CREATE TABLE relationships (
      id INTEGER PRIMARY KEY,
      parent_instance TEXT NOT NULL REFERENCES instances (id),
      child_instance TEXT NOT NULL REFERENCES instances (id),
      relationship_type TEXT NOT NULL -- or a word with a dot
        CHECK (relationship_type = 'spawned_subagent' OR relationship_type = 'spawned_review'
          OR relationship_type = 'created_fork' OR relationship_type = 'planning_to_issue'
          OR relationship_type LIKE '%_._%'),
      review_iteration INTEGER NOT NULL DEFAULT 1,
      created_at INTEGER NOT NULL,
      metadata TEXT CHECK (metadata IS NULL OR json_valid(metadata)),
      UNIQUE (parent_instance, child_instance, relationship_type)
    ) STRICT;
    CREATE INDEX relationships_child ON relationships (child_instance);
    """

  private static let issuesTable = """
    CREATE TABLE github_issues (
      repo_owner TEXT NOT NULL COLLATE NOCASE,
      repo_name TEXT NOT NULL COLLATE NOCASE,
      number INTEGER NOT NULL,
      title TEXT NOT NULL DEFAULT '',
      body TEXT,
      state TEXT NOT NULL DEFAULT 'open',
      assignee TEXT,
      labels TEXT CHECK (labels IS NULL OR json_valid(labels)), -- a JSON array of names
      created_at INTEGER, -- at GitHub
      updated_at INTEGER, -- at GitHub
      synced_at INTEGER NOT NULL, -- when it was stored here
      PRIMARY KEY (repo_owner, repo_name, number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX github_issues_number ON github_issues (number);
    """

  private static let configTable = """
    CREATE TABLE user_config (
      key TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
      value TEXT NOT NULL, -- of an encrypted one: v1.<id of its key>.<nonce, ciphertext, tag in base64>
      encrypted INTEGER NOT NULL DEFAULT 0 CHECK (encrypted = 0 OR encrypted = 1),
      updated_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    """
}
