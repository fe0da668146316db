// The physical limit of ingestion: a loop that inserts rows, parsed before the clock starts, with
// one prepared statement, and does nothing else.
//
//   bare SOURCE.db SETUP.sql TARGET.db ROWS_PER_TRANSACTION
//
// The rows are those of SOURCE's mcp_events. SETUP holds the pragmas and the schema. It prints one
// JSON object: the rows, and the wall and CPU seconds from opening TARGET until it is closed.

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { COLUMNS = 23, ID_COLUMN = 0, INSTANCE_COLUMN = 1, TIMESTAMP_COLUMN = 9 };

#define COLUMN_NAMES                                                                              \
  "id, instance_id, tool_name, success, error_message, metadata, git_commit_hash, status_change," \
  " is_status_updating, timestamp, outcome, duration_us, server_name, tool_kind, session_id,"     \
  " call_id, parent_call_id, source_format, received_at, extra, event_uid, instance_seq,"         \
  " supersedes"

// A text, or a number if `text` is NULL and `length` is 0, or NULL if `length` is -1.
typedef struct {
  const char *text;
  union {
    int64_t number;
    int64_t length;
  };
  int8_t type;
} Value;

typedef struct {
  Value values[COLUMNS];
  int32_t instance;
} Row;

typedef struct {
  const char *id;
  int64_t count;   // of its events so far
  int64_t newest;  // time of an event of the batch; INT64_MIN if it has none there
} Instance;

static struct {
  Row *rows;
  size_t rowCount;
  Instance *instances;
  size_t instanceCount;
} workload;

static _Noreturn void fail(sqlite3 *database, const char *what) {
  fprintf(stderr, "bare: %s: %s\n", what, database ? sqlite3_errmsg(database) : "out of memory");
  exit(1);
}

static void *allocate(size_t size) {
  void *memory = malloc(size ? size : 1);
  if (!memory) fail(NULL, "malloc");
  return memory;
}

static void run(sqlite3 *database, const char *sql) {
  if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(database, sql);
}

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL))
    fail(database, sql);
  return statement;
}

// MARK: Before the clock starts

static Value copyOfColumn(sqlite3_stmt *statement, int column) {
  Value value = {.type = (int8_t)sqlite3_column_type(statement, column)};
  if (value.type == SQLITE_INTEGER) value.number = sqlite3_column_int64(statement, column);
  if (value.type != SQLITE_TEXT) return value;
  const void *text = sqlite3_column_text(statement, column);
  value.length = sqlite3_column_bytes(statement, column);
  char *copy = allocate((size_t)value.length);
  memcpy(copy, text, (size_t)value.length);
  value.text = copy;
  return value;
}

static void loadInstances(sqlite3 *source) {
  sqlite3_stmt *select = prepare(source, "SELECT id FROM instances");
  while (sqlite3_step(select) == SQLITE_ROW) {
    size_t index = workload.instanceCount++;
    workload.instances =
        realloc(workload.instances, workload.instanceCount * sizeof *workload.instances);
    if (!workload.instances) fail(NULL, "realloc");
    char *id = strdup((const char *)sqlite3_column_text(select, 0));
    workload.instances[index] = (Instance){.id = id, .newest = INT64_MIN};
  }
  sqlite3_finalize(select);
}

static int32_t instanceNamed(const Value *id) {
  static size_t last;
  for (size_t step = 0; step < workload.instanceCount; step++) {
    size_t index = (last + step) % workload.instanceCount;
    const char *known = workload.instances[index].id;
    if (strlen(known) == (size_t)id->length && !memcmp(known, id->text, (size_t)id->length)) {
      last = index;
      return (int32_t)index;
    }
  }
  fail(NULL, "an event without its instance");
}

static void loadRows(sqlite3 *source) {
  sqlite3_stmt *count = prepare(source, "SELECT COUNT(*) FROM mcp_events");
  sqlite3_step(count);
  workload.rows = allocate((size_t)sqlite3_column_int64(count, 0) * sizeof *workload.rows);
  sqlite3_finalize(count);
  sqlite3_stmt *select = prepare(source, "SELECT " COLUMN_NAMES " FROM mcp_events ORDER BY id");
  while (sqlite3_step(select) == SQLITE_ROW) {
    Row *row = &workload.rows[workload.rowCount++];
    for (int column = 0; column < COLUMNS; column++)
      row->values[column] = copyOfColumn(select, column);
    row->instance = instanceNamed(&row->values[INSTANCE_COLUMN]);
  }
  sqlite3_finalize(select);
}

static void load(const char *path) {
  sqlite3 *source;
  if (sqlite3_open_v2(path, &source, SQLITE_OPEN_READONLY, NULL)) fail(source, path);
  loadInstances(source);
  loadRows(source);
  sqlite3_close(source);
}

static char *contentOf(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END)) fail(NULL, path);
  long size = ftell(file);
  rewind(file);
  char *text = allocate((size_t)size + 1);
  if (fread(text, 1, (size_t)size, file) != (size_t)size) fail(NULL, path);
  text[size] = 0;
  fclose(file);
  return text;
}

// MARK: While the clock runs

static sqlite3 *openTarget(const char *path, const char *setup) {
  sqlite3 *target;
  if (sqlite3_open(path, &target)) fail(target, path);
  run(target, setup);
  return target;
}

static void insertInstances(sqlite3 *target) {
  sqlite3_stmt *insert = prepare(target,
      "INSERT INTO instances (id, created_at, last_activity, status_changed_at)"
      " VALUES (?, 0, 0, 0)");
  run(target, "BEGIN IMMEDIATE");
  for (size_t index = 0; index < workload.instanceCount; index++) {
    sqlite3_bind_text(insert, 1, workload.instances[index].id, -1, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE) fail(target, "insert an instance");
    sqlite3_reset(insert);
  }
  run(target, "COMMIT");
  sqlite3_finalize(insert);
}

static void insertRow(sqlite3 *target, sqlite3_stmt *insert, const Row *row) {
  for (int column = 0; column < COLUMNS; column++) {
    const Value *value = &row->values[column];
    if (value->type == SQLITE_INTEGER)
      sqlite3_bind_int64(insert, column + 1, value->number);
    else if (value->type == SQLITE_TEXT)
      sqlite3_bind_text(insert, column + 1, value->text, (int)value->length, SQLITE_STATIC);
    else
      sqlite3_bind_null(insert, column + 1);
  }
  if (sqlite3_step(insert) != SQLITE_DONE) fail(target, "insert an event");
  sqlite3_reset(insert);
  Instance *instance = &workload.instances[row->instance];
  int64_t time = row->values[TIMESTAMP_COLUMN].number;
  instance->count++;
  if (time > instance->newest) instance->newest = time;
}

static void updateInstances(sqlite3 *target, sqlite3_stmt *update) {
  for (size_t index = 0; index < workload.instanceCount; index++) {
    Instance *instance = &workload.instances[index];
    if (instance->newest == INT64_MIN) continue;
    sqlite3_bind_text(update, 1, instance->id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(update, 2, instance->newest);
    sqlite3_bind_int64(update, 3, instance->count);
    if (sqlite3_step(update) != SQLITE_DONE) fail(target, "update an instance");
    sqlite3_reset(update);
    instance->newest = INT64_MIN;
  }
}

static void insertAll(sqlite3 *target, size_t batchSize) {
  sqlite3_stmt *insert = prepare(target,
      "INSERT INTO mcp_events (" COLUMN_NAMES ")"
      " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  sqlite3_stmt *update = prepare(target,
      "UPDATE instances SET last_activity = MAX(last_activity, ?2), event_count = ?3"
      " WHERE id = ?1");
  for (size_t start = 0; start < workload.rowCount; start += batchSize) {
    size_t end = start + batchSize < workload.rowCount ? start + batchSize : workload.rowCount;
    run(target, "BEGIN IMMEDIATE");
    for (size_t index = start; index < end; index++)
      insertRow(target, insert, &workload.rows[index]);
    updateInstances(target, update);
    run(target, "COMMIT");
  }
  sqlite3_finalize(insert);
  sqlite3_finalize(update);
}

static double secondsOf(struct timeval time) { return (double)time.tv_sec + time.tv_usec / 1e6; }

static double wallSeconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + now.tv_nsec / 1e9;
}

static double cpuSeconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return secondsOf(usage.ru_utime) + secondsOf(usage.ru_stime);
}

int main(int count, char **arguments) {
  long batchSize = count == 5 ? strtol(arguments[4], NULL, 10) : 0;
  if (batchSize <= 0) {
    fputs("usage: bare SOURCE.db SETUP.sql TARGET.db ROWS_PER_TRANSACTION\n", stderr);
    return 64;
  }
  load(arguments[1]);
  char *setup = contentOf(arguments[2]);
  double wall = wallSeconds(), cpu = cpuSeconds();
  sqlite3 *target = openTarget(arguments[3], setup);
  insertInstances(target);
  insertAll(target, (size_t)batchSize);
  if (sqlite3_close(target) != SQLITE_OK) fail(target, "close");
  printf("{\"rows\":%zu,\"seconds\":%.4f,\"cpu\":%.4f}\n", workload.rowCount,
         wallSeconds() - wall, cpuSeconds() - cpu);
}
