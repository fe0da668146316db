-- What the program sets before it creates the schema: see Sources/MCPStore/Connection.
PRAGMA page_size = 8192;
PRAGMA auto_vacuum = INCREMENTAL;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA wal_autocheckpoint = 4096;
PRAGMA journal_size_limit = 62914560;
PRAGMA cache_size = -8192;
PRAGMA secure_delete = ON;
