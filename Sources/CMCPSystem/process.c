#define _GNU_SOURCE
#include "CMCPSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

// Between fork and exec only async-signal-safe functions may be called (POSIX fork), because other
// threads may have held locks. execvpe(3) of glibc allocates nothing.

static void fail(int report) {
  int reason = errno;
  ssize_t written = write(report, &reason, sizeof reason);
  (void)written;
  _exit(127);
}

// A descriptor below 3 would be overwritten while the others are put in place.
static int out_of_the_way(int descriptor) {
  return descriptor < 0 || descriptor > 2 ? descriptor : fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
}

static void put(int descriptor, int place, int report) {
  if (descriptor >= 0 && dup2(descriptor, place) < 0) fail(report);
}

static void restore_signals(const struct mcp_program *program) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = program->ignores_broken_pipes ? SIG_IGN : SIG_DFL;
  sigaction(SIGPIPE, &action, NULL);
  sigprocmask(SIG_SETMASK, &program->blocked_signals, NULL);
}

static void become(const struct mcp_program *program, pid_t parent, int report) {
  int input = out_of_the_way(program->input);
  int output = out_of_the_way(program->output);
  int error = out_of_the_way(program->error);
  put(input, 0, report);
  put(output, 1, report);
  put(error, 2, report);
  umask(program->file_creation_mask);
  if (program->parent_death_signal) {
    prctl(PR_SET_PDEATHSIG, program->parent_death_signal);
    if (getppid() != parent) _exit(127);
  }
  restore_signals(program);
  execvpe(program->arguments[0], program->arguments, program->environment);
  fail(report);
}

pid_t mcp_start(const struct mcp_program *program, int *failure) {
  int report[2];
  if (pipe2(report, O_CLOEXEC) < 0) {
    *failure = errno;
    return -1;
  }
  pid_t parent = getpid();
  pid_t child = fork();
  if (child == 0) {
    int end = out_of_the_way(report[1]);
    become(program, parent, end);
  }
  *failure = errno;
  close(report[1]);
  if (child > 0) {
    // The end of the pipe closes with exec: then there is nothing to read.
    int reason = 0;
    ssize_t count;
    do count = read(report[0], &reason, sizeof reason);
    while (count < 0 && errno == EINTR);
    *failure = count == sizeof reason ? reason : 0;
    if (*failure) {
      while (waitpid(child, NULL, 0) < 0 && errno == EINTR) {}
      child = MCP_NOT_EXECUTED;
    }
  }
  close(report[0]);
  return child;
}

static uint64_t take_signals(const sigset_t *signals) {
  const struct timespec now = {0, 0};
  uint64_t taken = 0;
  int number;
  while ((number = sigtimedwait(signals, NULL, &now)) > 0 || errno == EINTR) {
    if (number > 0 && number < 64) taken |= UINT64_C(1) << number;
  }
  return taken;
}

static void close_from(int first) {
  if (syscall(SYS_close_range, (unsigned)first, ~0U, 0U) == 0) return;
  // Linux before 5.9.
  for (int number = first; number < 1024; number++) close(number);
}

pid_t mcp_start_witness(int questions, int answers, const sigset_t *signals) {
  pid_t parent = getpid();
  pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != parent) _exit(0);
  prctl(PR_SET_NAME, "mcp-witness");
  // Whatever else is open must not be kept open by this process. Only 0 and 1 are left.
  questions = fcntl(questions, F_DUPFD, 3);
  answers = fcntl(answers, F_DUPFD, 3);
  if (dup2(questions, 0) < 0 || dup2(answers, 1) < 0) _exit(0);
  close_from(2);
  char question;
  ssize_t count;
  while ((count = read(0, &question, 1)) == 1 || (count < 0 && errno == EINTR)) {
    if (count < 1) continue;
    uint64_t taken = take_signals(signals);
    if (write(1, &taken, sizeof taken) != sizeof taken) break;
  }
  _exit(0);
}

int mcp_open_signals(const sigset_t *signals) {
  return signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

int mcp_next_signal(int descriptor) {
  struct signalfd_siginfo information;
  ssize_t count;
  do count = read(descriptor, &information, sizeof information);
  while (count < 0 && errno == EINTR);
  if (count == sizeof information) return (int)information.ssi_signo;
  return count < 0 && errno == EAGAIN ? 0 : -1;
}

int mcp_ignores(int signal) {
  struct sigaction action;
  return sigaction(signal, NULL, &action) == 0 && action.sa_handler == SIG_IGN;
}

void mcp_restore_default(int number) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  sigaction(number, &action, NULL);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, number);
  pthread_sigmask(SIG_UNBLOCK, &signals, NULL);
}

void mcp_forbid_core(void) {
  struct rlimit none = {0, 0};
  getrlimit(RLIMIT_CORE, &none);
  none.rlim_cur = 0;
  setrlimit(RLIMIT_CORE, &none);
  // Where cores go to a program, the limit alone does not stop them.
  prctl(PR_SET_DUMPABLE, 0);
}

void mcp_limit_freed_memory(int size, int rest) {
  mallopt(M_MMAP_THRESHOLD, size);
  mallopt(M_TRIM_THRESHOLD, rest);
}

int mcp_poll_child(pid_t child, struct mcp_change *change) {
  siginfo_t information;
  memset(&information, 0, sizeof information);
  int flags = WEXITED | WSTOPPED | WCONTINUED | WNOHANG;
  int result;
  do result = waitid(P_PID, (id_t)child, &information, flags);
  while (result < 0 && errno == EINTR);
  if (result < 0) return -1;
  change->code = information.si_pid == 0 ? 0 : information.si_code;
  change->status = information.si_pid == 0 ? 0 : information.si_status;
  return 0;
}

char **mcp_environment(void) { return environ; }
