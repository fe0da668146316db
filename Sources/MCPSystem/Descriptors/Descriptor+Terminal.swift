internal import Glibc

/// The size of a terminal window, in characters.
package struct TerminalSize: Hashable, Sendable {
  package let columns: Int
  package let rows: Int
}

extension Descriptor where Self: ~Copyable {
  /// Whether a person sits at the other end.
  package var isTerminal: Bool { isatty(number) == 1 }

  /// The size of the window, or nil when this is not a terminal or it does not say.
  package var terminalSize: TerminalSize? {
    var size = winsize()
    // The kernel fills the structure during the call.
    guard unsafe ioctl(number, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return TerminalSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
  }
}
