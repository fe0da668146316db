internal import MCPSystem

/// A line on standard error that says how far something is.
///
/// On a terminal it is one line that changes; elsewhere each is a line of its own.
package struct ProgressLine: Sendable {
  /// How often it changes on a terminal, and elsewhere, in milliseconds.
  private static let (fast, slow): (Int64, Int64) = (200, 1000)

  private let isShown: Bool
  private let isTerminal = BorrowedDescriptor.standardError.isTerminal
  private var next: Int64

  /// Creates a line that is not there yet.
  ///
  /// - Parameter isShown: Whether it will be; by default on a terminal only.
  package init(isShown: Bool = BorrowedDescriptor.standardError.isTerminal) {
    self.isShown = isShown
    next = SystemClock.monotonicMilliseconds + Self.fast
  }

  /// Replaces the line, a few times a second.
  ///
  /// - Parameter text: The line; it is made only when it is shown.
  package mutating func show(_ text: @autoclosure () -> String) {
    guard isShown, SystemClock.monotonicMilliseconds >= next else { return }
    next = SystemClock.monotonicMilliseconds + (isTerminal ? Self.fast : Self.slow)
    let text = TerminalText.escaped(text())
    Self.write(isTerminal ? "\r\u{1B}[K\(text)" : text + "\n")
  }

  /// Removes the line.
  package func clear() {
    if isShown, isTerminal { Self.write("\r\u{1B}[K") }
  }

  /// A closed standard error is nobody's fault; one that takes nothing now is not waited for.
  private static func write(_ text: String) {
    var poller = Poller()
    _ = poller.watch(BorrowedDescriptor.standardError, for: .output)
    guard (try? poller.wait(until: .now)) == .ready else { return }
    try? BorrowedDescriptor.standardError.write(all: text.utf8.span)
  }
}
