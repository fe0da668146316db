#include "CMCPLogBuffer.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

// SQLite writes each page that a commit changes as a frame of two pieces: a header, then the page
// (sqlite.org/fileformat2.html, section 4.1). Two calls for 8 KiB cost more than the copying.
//
// SQLite calls a file's methods through the table in its public part, `sqlite3_file`. The two files of
// a connection get tables of their own, which are copies with the methods below put in.

enum {
  log_header_size = 32,
  frame_header_size = 24,
  // SQLite's unix files write at most 128 KiB - 1 at once.
  capacity = 120 * 1024,
  // The lock of whoever writes (sqlite.org/walformat.html, section 2.3.2).
  write_lock = 0
};

struct log_buffer {
  sqlite3_io_methods log_methods, database_methods;
  // What SQLite gave the files; `log` is NULL once it is closed.
  const sqlite3_io_methods *log, *database;
  int frame_size;
  // What waits to be written: `count` bytes that belong at `start`.
  sqlite3_int64 start;
  int count;
  char bytes[capacity];
};

static struct log_buffer *buffer_of_log(sqlite3_file *log) {
  return (struct log_buffer *)((char *)log->pMethods - offsetof(struct log_buffer, log_methods));
}

static struct log_buffer *buffer_of_database(sqlite3_file *database) {
  return (struct log_buffer *)((char *)database->pMethods
                               - offsetof(struct log_buffer, database_methods));
}

// MARK: The log

static int flush(struct log_buffer *buffer, sqlite3_file *log) {
  if (buffer->count == 0) return SQLITE_OK;
  int count = buffer->count;
  // What could not be written belongs to a transaction that fails, and is not tried again.
  buffer->count = 0;
  return buffer->log->xWrite(log, buffer->bytes, count, buffer->start);
}

static int is_frame_header(const struct log_buffer *buffer, int count, sqlite3_int64 offset) {
  return count == frame_header_size && offset >= log_header_size
    && (offset - log_header_size) % buffer->frame_size == 0;
}

// The header of the last frame of a commit says how large the database is then; others have a zero.
static int ends_commit(const char *header) {
  static const char zero[4];
  return memcmp(header + 4, zero, sizeof zero) != 0;
}

static int write_log(sqlite3_file *log, const void *bytes, int count, sqlite3_int64 offset) {
  struct log_buffer *buffer = buffer_of_log(log);
  int begins_frame = is_frame_header(buffer, count, offset);
  int needed = begins_frame ? buffer->frame_size : count;
  int follows = buffer->count > 0 && offset == buffer->start + buffer->count;
  if (!follows || needed > capacity - buffer->count) {
    int status = flush(buffer, log);
    if (status != SQLITE_OK) return status;
    // Only whole frames are collected.
    if (!begins_frame) return buffer->log->xWrite(log, bytes, count, offset);
    buffer->start = offset;
  }
  memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
  // Its page is written directly, as nothing is left to follow.
  return begins_frame && ends_commit(bytes) ? flush(buffer, log) : SQLITE_OK;
}

static int read_log(sqlite3_file *log, void *bytes, int count, sqlite3_int64 offset) {
  struct log_buffer *buffer = buffer_of_log(log);
  int status = flush(buffer, log);
  return status == SQLITE_OK ? buffer->log->xRead(log, bytes, count, offset) : status;
}

static int truncate_log(sqlite3_file *log, sqlite3_int64 size) {
  struct log_buffer *buffer = buffer_of_log(log);
  int status = flush(buffer, log);
  return status == SQLITE_OK ? buffer->log->xTruncate(log, size) : status;
}

static int sync_log(sqlite3_file *log, int flags) {
  struct log_buffer *buffer = buffer_of_log(log);
  int status = flush(buffer, log);
  return status == SQLITE_OK ? buffer->log->xSync(log, flags) : status;
}

static int size_of_log(sqlite3_file *log, sqlite3_int64 *size) {
  struct log_buffer *buffer = buffer_of_log(log);
  int status = flush(buffer, log);
  return status == SQLITE_OK ? buffer->log->xFileSize(log, size) : status;
}

static int close_log(sqlite3_file *log) {
  struct log_buffer *buffer = buffer_of_log(log);
  log->pMethods = buffer->log;
  buffer->log = NULL;
  buffer->count = 0;
  return log->pMethods->xClose(log);
}

// MARK: The database

// Others may write to the log from here on. What still waits was never committed.
static int lock_shared_memory(sqlite3_file *database, int first, int count, int flags) {
  struct log_buffer *buffer = buffer_of_database(database);
  if ((flags & SQLITE_SHM_UNLOCK) && first == write_lock) buffer->count = 0;
  return buffer->database->xShmLock(database, first, count, flags);
}

// SQLite closes the log first.
static int close_database(sqlite3_file *database) {
  struct log_buffer *buffer = buffer_of_database(database);
  database->pMethods = buffer->database;
  free(buffer);
  return database->pMethods->xClose(database);
}

// MARK: Beginning

static struct log_buffer *attach_to_database(sqlite3_file *file) {
  if (file->pMethods->xClose == close_database) return buffer_of_database(file);
  struct log_buffer *buffer = malloc(sizeof *buffer);
  if (buffer == NULL) return NULL;
  memset(buffer, 0, offsetof(struct log_buffer, bytes));
  buffer->database = file->pMethods;
  buffer->database_methods = *file->pMethods;
  buffer->database_methods.xShmLock = lock_shared_memory;
  buffer->database_methods.xClose = close_database;
  file->pMethods = &buffer->database_methods;
  return buffer;
}

static void attach_to_log(struct log_buffer *buffer, sqlite3_file *file) {
  buffer->log = file->pMethods;
  buffer->log_methods = *file->pMethods;
  buffer->log_methods.xClose = close_log;
  buffer->log_methods.xRead = read_log;
  buffer->log_methods.xWrite = write_log;
  buffer->log_methods.xTruncate = truncate_log;
  buffer->log_methods.xSync = sync_log;
  buffer->log_methods.xFileSize = size_of_log;
  file->pMethods = &buffer->log_methods;
}

int cmcp_buffer_log(sqlite3 *connection, int page_size) {
  sqlite3_file *log = NULL, *database = NULL;
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &database);
  if (log == NULL || log->pMethods == NULL || database == NULL || database->pMethods == NULL)
    return SQLITE_MISUSE;
  // Version 2 is the first with shared memory, and so with a write-ahead log.
  if (database->pMethods->iVersion < 2) return SQLITE_MISUSE;
  if (log->pMethods->xClose == close_log) return SQLITE_OK;
  struct log_buffer *buffer = attach_to_database(database);
  if (buffer == NULL) return SQLITE_NOMEM;
  buffer->frame_size = frame_header_size + page_size;
  attach_to_log(buffer, log);
  return SQLITE_OK;
}
