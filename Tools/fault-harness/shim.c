// Stands between the program and the C library, and makes calls fail at random, or notes them.
//
// FAULT_DIR      only files below this directory are touched
// FAULT_SEED     the seed of the dice
// FAULT_RATE     how many of 1000 calls fail
// FAULT_WHAT     which: s fsync, w write (EIO), f write (ENOSPC), h short write, t ftruncate,
//                o open, r read (EIO), i EINTR
// FAULT_AFTER    how many calls succeed first
// FAULT_MOST     how many fail at most
// FAULT_CLOCK    1: the clock of the day jumps, mostly backwards
// FAULT_TRACE    a file that gets every write, truncation, synchronisation and removal
// FAULT_ACK      the descriptor whose writes are noted as acknowledgements

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char directory[PATH_MAX];
static const char *what = "";
static uint64_t dice = 1;
static long rate, after, most, ack = -1, jumps;
static int trace = -1;

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

static long number(const char *name, long otherwise) {
  const char *text = getenv(name);
  return text ? atol(text) : otherwise;
}

__attribute__((constructor)) static void begin(void) {
  const char *text = getenv("FAULT_DIR");
  if (text && !realpath(text, directory)) strncpy(directory, text, sizeof directory - 1);
  dice = (uint64_t)number("FAULT_SEED", 1) * 0x9E3779B97F4A7C15u + 1;
  rate = number("FAULT_RATE", 0);
  after = number("FAULT_AFTER", 0);
  most = number("FAULT_MOST", LONG_MAX);
  ack = number("FAULT_ACK", -1);
  jumps = number("FAULT_CLOCK", 0);
  if (getenv("FAULT_WHAT")) what = getenv("FAULT_WHAT");
  text = getenv("FAULT_TRACE");
  if (text) trace = open(text, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  // A program started by this one is left alone.
  unsetenv("LD_PRELOAD");
}

static uint64_t next(void) {
  dice ^= dice << 13;
  dice ^= dice >> 7;
  dice ^= dice << 17;
  return dice;
}

static int path_of(int descriptor, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return 1;
}

static int is_ours(const char *path) {
  size_t length = strlen(directory);
  return length && !strncmp(path, directory, length) && !strstr(path, "-shm");
}

static int is_ours_open(int descriptor) {
  char path[PATH_MAX];
  return path_of(descriptor, path) && is_ours(path);
}

// Whether this call is to fail.
static int fails(char kind) {
  int result = 0;
  if (!rate || !strchr(what, kind)) return 0;
  pthread_mutex_lock(&lock);
  if (after > 0) after--;
  else if (most > 0 && (long)(next() % 1000) < rate) {
    most--;
    result = 1;
  }
  pthread_mutex_unlock(&lock);
  return result;
}

// One record: kind, length of the path, offset, length of the data, path, data.
static void note(char kind, const char *path, int64_t offset, const void *data, uint64_t length) {
  struct {
    char kind;
    char padding[3];
    uint32_t path;
    int64_t offset;
    uint64_t length;
  } __attribute__((packed)) head = {kind, {0}, (uint32_t)strlen(path), offset, length};
  struct iovec parts[3] = {
    {&head, sizeof head}, {(void *)path, head.path}, {(void *)data, data ? length : 0}};
  pthread_mutex_lock(&lock);
  int code = errno;
  ssize_t written = writev(trace, parts, 3);
  (void)written;
  errno = code;
  pthread_mutex_unlock(&lock);
}

static void note_open(char kind, int descriptor, int64_t offset, const void *data,
                      uint64_t length) {
  char path[PATH_MAX];
  if (trace >= 0 && path_of(descriptor, path) && is_ours(path))
    note(kind, path, offset, data, length);
}

static int refuse(int code) {
  errno = code;
  return -1;
}

// Decides about a write of `length` bytes: how many may be written, or -1 and errno.
static ssize_t allowed(int descriptor, size_t length) {
  if (!rate || !is_ours_open(descriptor)) return (ssize_t)length;
  if (fails('i')) return refuse(EINTR);
  if (fails('w')) return refuse(EIO);
  if (fails('f')) return refuse(ENOSPC);
  if (length > 1 && fails('h')) return (ssize_t)(1 + next() % (length - 1));
  return (ssize_t)length;
}

ssize_t pwrite64(int descriptor, const void *data, size_t length, off64_t offset) {
  REAL(pwrite64);
  ssize_t count = allowed(descriptor, length);
  if (count < 0) return -1;
  note_open('W', descriptor, offset, data, (uint64_t)count);
  return real(descriptor, data, (size_t)count, offset);
}

ssize_t pwrite(int descriptor, const void *data, size_t length, off_t offset) {
  return pwrite64(descriptor, data, length, offset);
}

ssize_t write(int descriptor, const void *data, size_t length) {
  REAL(write);
  if (trace >= 0 && descriptor == ack) note('A', "", 0, data, length);
  ssize_t count = allowed(descriptor, length);
  if (count < 0) return -1;
  if (trace >= 0 && is_ours_open(descriptor)) {
    off64_t offset = lseek64(descriptor, 0, SEEK_CUR);
    if (offset >= 0) note_open('W', descriptor, offset, data, (uint64_t)count);
  }
  return real(descriptor, data, (size_t)count);
}

static ssize_t refused_read(int descriptor) {
  if (!rate || !is_ours_open(descriptor)) return 0;
  if (fails('i')) return refuse(EINTR);
  if (fails('r')) return refuse(EIO);
  return 0;
}

ssize_t read(int descriptor, void *data, size_t length) {
  REAL(read);
  return refused_read(descriptor) ? -1 : real(descriptor, data, length);
}

ssize_t pread64(int descriptor, void *data, size_t length, off64_t offset) {
  REAL(pread64);
  return refused_read(descriptor) ? -1 : real(descriptor, data, length, offset);
}

int fsync(int descriptor) {
  REAL(fsync);
  if (is_ours_open(descriptor) && fails('s')) return refuse(EIO);
  int result = real(descriptor);
  if (!result) note_open('S', descriptor, 0, NULL, 0);
  return result;
}

int fdatasync(int descriptor) {
  REAL(fdatasync);
  if (is_ours_open(descriptor) && fails('s')) return refuse(EIO);
  int result = real(descriptor);
  if (!result) note_open('S', descriptor, 0, NULL, 0);
  return result;
}

int ftruncate64(int descriptor, off64_t size) {
  REAL(ftruncate64);
  if (is_ours_open(descriptor) && fails('t')) return refuse(EIO);
  note_open('T', descriptor, size, NULL, 0);
  return real(descriptor, size);
}

int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

int unlink(const char *path) {
  REAL(unlink);
  char full[PATH_MAX];
  if (trace >= 0 && realpath(path, full) && is_ours(full)) note('U', full, 0, NULL, 0);
  return real(path);
}

int rename(const char *path, const char *target) {
  REAL(rename);
  char full[PATH_MAX];
  int is_noted = trace >= 0 && realpath(path, full) && is_ours(full);
  int result = real(path, target);
  if (is_noted && !result) {
    char to[PATH_MAX];
    if (realpath(target, to)) note('R', full, 0, to, strlen(to));
  }
  return result;
}

static int opened(int descriptor) {
  if (descriptor >= 0) note_open('O', descriptor, 0, NULL, 0);
  return descriptor;
}

#define MODE \
  mode_t mode = 0; \
  if (flags & (O_CREAT | __O_TMPFILE)) { \
    va_list list; \
    va_start(list, flags); \
    mode = va_arg(list, mode_t); \
    va_end(list); \
  }

int open64(const char *path, int flags, ...) {
  REAL(open64);
  MODE
  if (is_ours(path) && (flags & O_ACCMODE) != O_RDONLY && fails('o')) return refuse(EIO);
  return opened(real(path, flags, mode));
}

int open(const char *path, int flags, ...) {
  REAL(open);
  MODE
  if (is_ours(path) && (flags & O_ACCMODE) != O_RDONLY && fails('o')) return refuse(EIO);
  return opened(real(path, flags, mode));
}

// MARK: The clock of the day

static int64_t offset(void) {
  static int64_t seconds;
  pthread_mutex_lock(&lock);
  if (next() % 16 == 0) seconds += (int64_t)(next() % 2000000) - 1400000;
  int64_t result = seconds;
  pthread_mutex_unlock(&lock);
  return result;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  REAL(clock_gettime);
  int result = real(clock, time);
  if (jumps && clock == CLOCK_REALTIME) time->tv_sec += offset();
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  REAL(gettimeofday);
  int result = real(time, zone);
  if (jumps) time->tv_sec += offset();
  return result;
}
