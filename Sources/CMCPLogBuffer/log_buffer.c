#include "CMCPLogBuffer.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

// SQLite writes each page that a commit changes as a frame of two pieces: a header, then the page
// (sqlite.org/fileformat2.html, section 4.1). Two calls for 8 KiB cost more than the copying.
//
// SQLite calls a file's methods through the table in its public part, `sqlite3_file`. The two files
// of a connection get tables of their own, which are copies with the methods below put in.

enum {
  log_header_size = 32,
  frame_header_size = 24,
  smallest_page = 512,
  // SQLite's unix files write at most 128 KiB - 1 at once.
  capacity = 120 * 1024,
  // WAL_WRITE_LOCK, the lock of whoever writes (sqlite.org/walformat.html).
  write_lock = 0,
  // Later versions of the tables may be longer than what is copied here.
  newest_version = 3
};

struct log_buffer {
  sqlite3_io_methods log_methods, database_methods;
  // What SQLite gave the files.
  const sqlite3_io_methods *log, *database;
  int frame_size;
  // What waits to be written: `count` bytes that belong at `start`.
  sqlite3_int64 start;
  int count;
  // Why something of the transaction could not be written, or SQLITE_OK.
  int failure;
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

// SQLite may go on after an error that only undoes a statement. What was not written is in its index
// then, so that everything fails from there on until the write lock is let go.
static int flush(struct log_buffer *buffer, sqlite3_file *log) {
  if (buffer->failure != SQLITE_OK || buffer->count == 0) return buffer->failure;
  int count = buffer->count;
  buffer->count = 0;
  buffer->failure = buffer->log->xWrite(log, buffer->bytes, count, buffer->start);
  return buffer->failure;
}

static void forget(struct log_buffer *buffer) {
  buffer->count = 0;
  buffer->failure = SQLITE_OK;
}

// Where in its frame something lies, or -1 for what stands before the first one.
static sqlite3_int64 place_in_frame(const struct log_buffer *buffer, sqlite3_int64 offset) {
  return offset < log_header_size ? -1 : (offset - log_header_size) % buffer->frame_size;
}

static int is_header(const struct log_buffer *buffer, int count, sqlite3_int64 offset) {
  return count == frame_header_size && place_in_frame(buffer, offset) == 0;
}

static int is_page(const struct log_buffer *buffer, int count, sqlite3_int64 offset) {
  return count == buffer->frame_size - frame_header_size
    && place_in_frame(buffer, offset) == frame_header_size;
}

// The header of the last frame of a commit says how large the database is then; others have a zero.
static int ends_commit(const char *header) {
  static const char zero[4];
  return memcmp(header + 4, zero, sizeof zero) != 0;
}

static void collect(struct log_buffer *buffer, const void *bytes, int count) {
  memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
}

static int write_header(struct log_buffer *buffer, sqlite3_file *log, const void *header,
                        sqlite3_int64 offset) {
  int follows = buffer->count > 0 && offset == buffer->start + buffer->count;
  if (!follows || buffer->frame_size > capacity - buffer->count) {
    int status = flush(buffer, log);
    if (status != SQLITE_OK) return status;
    buffer->start = offset;
  }
  collect(buffer, header, frame_header_size);
  // The page of the last frame is written directly, as nothing is left to follow.
  return ends_commit(header) ? flush(buffer, log) : SQLITE_OK;
}

static int write_log(sqlite3_file *log, const void *bytes, int count, sqlite3_int64 offset) {
  struct log_buffer *buffer = buffer_of_log(log);
  if (is_header(buffer, count, offset)) return write_header(buffer, log, bytes, offset);
  int follows = buffer->count > 0 && offset == buffer->start + buffer->count;
  if (follows && is_page(buffer, count, offset)) {
    // There was room for it when its header came.
    collect(buffer, bytes, count);
    return SQLITE_OK;
  }
  int status = flush(buffer, log);
  return status == SQLITE_OK ? buffer->log->xWrite(log, bytes, count, offset) : status;
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
  forget(buffer);
  return log->pMethods->xClose(log);
}

// MARK: The database

// Others may write to the log from here on. What still waits was never committed.
static int lock_shared_memory(sqlite3_file *database, int first, int count, int flags) {
  struct log_buffer *buffer = buffer_of_database(database);
  if ((flags & SQLITE_SHM_UNLOCK) && first == write_lock) forget(buffer);
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

static sqlite3_io_methods copy_of(const sqlite3_io_methods *methods) {
  sqlite3_io_methods copy = *methods;
  if (copy.iVersion > newest_version) copy.iVersion = newest_version;
  return copy;
}

static struct log_buffer *attach_to_database(sqlite3_file *file) {
  if (file->pMethods->xClose == close_database) return buffer_of_database(file);
  struct log_buffer *buffer = malloc(sizeof *buffer);
  if (buffer == NULL) return NULL;
  memset(buffer, 0, offsetof(struct log_buffer, bytes));
  buffer->database = file->pMethods;
  buffer->database_methods = copy_of(file->pMethods);
  buffer->database_methods.xShmLock = lock_shared_memory;
  buffer->database_methods.xClose = close_database;
  file->pMethods = &buffer->database_methods;
  return buffer;
}

static void attach_to_log(struct log_buffer *buffer, sqlite3_file *file) {
  buffer->log = file->pMethods;
  buffer->log_methods = copy_of(file->pMethods);
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
  if (page_size < smallest_page) return SQLITE_MISUSE;
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
