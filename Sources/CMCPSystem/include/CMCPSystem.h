// The calls that Swift cannot make: what happens between fork and exec, signalfd, mallopt.
#ifndef CMCPSYSTEM_H
#define CMCPSYSTEM_H

#include <signal.h>
#include <sys/types.h>

/// A program to start.
struct mcp_program {
  /// The program, looked up in PATH, and its arguments, then NULL.
  char *const *arguments;
  /// The environment as `NAME=value`, then NULL.
  char *const *environment;
  /// What become its descriptors 0, 1 and 2; they stay what they are with -1.
  int input, output, error;
  /// The signals that are blocked in it.
  sigset_t blocked_signals;
  /// Its file creation mask.
  mode_t file_creation_mask;
  /// Whether it ignores SIGPIPE; else that ends it.
  int ignores_broken_pipes;
  /// What it is sent when the thread that starts it ends, or 0.
  int parent_death_signal;
};

/// Starts a program.
///
/// Returns its process id. Or -1 when there can be no new process, or MCP_NOT_EXECUTED when there is
/// no such program or it cannot be executed; then `failure` is the errno.
enum { MCP_NOT_EXECUTED = -2 };
pid_t mcp_start(const struct mcp_program *program, int *failure);

/// Starts a process that does nothing but tell which signals reach its process group.
///
/// For each byte that it reads from `questions` it forgets the signals of `signals` that it got
/// since, and writes which they were to `answers`: a 64-bit number with the bit `1 << number` for
/// each. It ends when `questions` does. All signals must be blocked that it is to survive.
pid_t mcp_start_witness(int questions, int answers, const sigset_t *signals);

/// A descriptor for `mcp_next_signal` that is readable when one of these signals has come, which
/// must be blocked; or -1.
int mcp_open_signals(const sigset_t *signals);

/// The number of the next signal; 0 when there is none now, -1 when reading failed.
int mcp_next_signal(int descriptor);

/// Whether the process ignores a signal.
int mcp_ignores(int signal);

/// Gives a signal back its default action and unblocks it in this thread.
void mcp_restore_default(int signal);

/// Keeps the process from writing a core file.
void mcp_forbid_core(void);

/// What became of a process.
struct mcp_change {
  /// One of CLD_EXITED, CLD_KILLED, CLD_DUMPED, CLD_STOPPED, CLD_CONTINUED; 0 for nothing new.
  int code;
  /// The exit status, or the signal.
  int status;
};

/// Asks what became of a child, without waiting; -1 when it is none.
int mcp_poll_child(pid_t child, struct mcp_change *change);

/// Has freed blocks of at least `size` bytes given back to the system at once, and smaller ones when
/// more than `rest` bytes of them are free at the end of a heap.
void mcp_limit_freed_memory(int size, int rest);

/// The environment of this process.
char **mcp_environment(void);

#endif
