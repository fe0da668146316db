internal import Glibc

/// A signal, as `kill` sends it.
package struct Signal: Hashable, Sendable {
  /// The number on this machine.
  package let number: Int32

  package init(number: Int32) {
    self.number = number
  }

  package static let hangUp = Self(number: SIGHUP)
  package static let interrupt = Self(number: SIGINT)
  package static let quit = Self(number: SIGQUIT)
  package static let kill = Self(number: SIGKILL)
  package static let terminate = Self(number: SIGTERM)
  package static let proceed = Self(number: SIGCONT)
  package static let terminalStop = Self(number: SIGTSTP)
  package static let stop = Self(number: SIGSTOP)
  static let childChanged = Self(number: SIGCHLD)

  /// The name, such as `SIGTERM`.
  package var name: String { Self.names[number] ?? "signal \(number)" }

  /// Whether a terminal stops programs with it, for example by Ctrl-Z.
  var isTerminalStop: Bool { [SIGTSTP, SIGTTIN, SIGTTOU].contains(number) }

  /// Whether people end programs with it.
  var endsPrograms: Bool { [SIGHUP, SIGINT, SIGQUIT, SIGTERM].contains(number) }

  /// What somebody may send to a program that he waits for.
  static let sendable: [Self] = [
    SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU,
    SIGWINCH, SIGCONT, SIGPWR, SIGIO, SIGVTALRM, SIGPROF, SIGURG, SIGXCPU, SIGXFSZ, SIGSTKFLT,
  ].map(Self.init(number:))

  private static let names: [Int32: String] = [
    SIGHUP: "SIGHUP", SIGINT: "SIGINT", SIGQUIT: "SIGQUIT", SIGILL: "SIGILL",
    SIGTRAP: "SIGTRAP", SIGABRT: "SIGABRT", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE",
    SIGKILL: "SIGKILL", SIGUSR1: "SIGUSR1", SIGSEGV: "SIGSEGV", SIGUSR2: "SIGUSR2",
    SIGPIPE: "SIGPIPE", SIGALRM: "SIGALRM", SIGTERM: "SIGTERM", SIGSTKFLT: "SIGSTKFLT",
    SIGCHLD: "SIGCHLD", SIGCONT: "SIGCONT", SIGSTOP: "SIGSTOP", SIGTSTP: "SIGTSTP",
    SIGTTIN: "SIGTTIN", SIGTTOU: "SIGTTOU", SIGURG: "SIGURG", SIGXCPU: "SIGXCPU",
    SIGXFSZ: "SIGXFSZ", SIGVTALRM: "SIGVTALRM", SIGPROF: "SIGPROF", SIGWINCH: "SIGWINCH",
    SIGIO: "SIGIO", SIGPWR: "SIGPWR", SIGSYS: "SIGSYS",
  ]
}
