#include <sqlite3.h>

/// Makes that the write-ahead log stays as it is when the last connection to it is closed.
///
/// `sqlite3_db_config` takes a varying number of arguments, so that Swift cannot call it.
static inline int cmcp_sqlite3_keep_log(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
