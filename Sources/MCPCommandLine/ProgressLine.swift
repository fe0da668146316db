internal import MCPSystem

/// A line on the terminal that says how far it is; nothing where standard error is no terminal.
package struct ProgressLine {
  private let isShown = BorrowedDescriptor.standardError.isTerminal
  private var next = SystemClock.monotonicMilliseconds + interval

  private static let interval: Int64 = 200

  /// A line that is not shown yet.
  package init() {}

  /// Replaces the line, a few times a second.
  ///
  /// - Parameter text: What it says now.
  package mutating func show(_ text: String) {
    guard isShown, SystemClock.monotonicMilliseconds >= next else { return }
    next = SystemClock.monotonicMilliseconds + Self.interval
    Self.write("\r\u{1B}[K\(text)")
  }

  /// Removes the line.
  package func clear() {
    if isShown { Self.write("\r\u{1B}[K") }
  }

  /// A closed standard error is nobody's fault.
  private static func write(_ text: String) {
    try? BorrowedDescriptor.standardError.write(all: text.utf8.span)
  }
}
