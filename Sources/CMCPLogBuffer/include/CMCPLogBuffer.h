// Has SQLite write its write-ahead log in long pieces instead of two short ones for each page.
#ifndef CMCPLOGBUFFER_H
#define CMCPLOGBUFFER_H

#include <sqlite3.h>

/// Collects what a connection writes to its write-ahead log, up to the end of each commit.
///
/// A commit is in the log, as far as the system keeps it, before SQLite tells others of it: its
/// last frame is written at once, with all that was collected, and an error is that of the commit.
/// What was collected for a transaction that is undone is dropped before the write lock is let go.
///
/// When something cannot be written, everything fails until the write lock is let go.
///
/// The connection must be outside of a transaction, have read from the database, and not be in
/// exclusive locking mode; `page_size` is that of the database. It may be called again; everything
/// ends with the connection.
///
/// Returns SQLITE_OK; SQLITE_NOMEM; or SQLITE_MISUSE when there is no write-ahead log. Then the log
/// is written as ever.
int cmcp_buffer_log(sqlite3 *connection, int page_size);

#endif
