internal import Glibc

/// A process from which this one descends.
package struct ProcessAncestor: Hashable, Sendable {
  /// Its process id.
  package let number: Int32

  /// When it started, in ticks of the kernel's clock since the machine did; with the process id it
  /// names a process for as long as the machine runs.
  package let startTicks: UInt64

  package init(number: Int32, startTicks: UInt64) {
    self.number = number
    self.startTicks = startTicks
  }

  /// When it started, in milliseconds since 1970, about.
  package var startedAt: Int64 {
    let age = SystemClock.monotonicMilliseconds - Int64(startTicks) * 1000 / Self.ticksPerSecond
    return SystemClock.unixMilliseconds - age
  }

  private static let ticksPerSecond = Int64(max(1, sysconf(CInt(_SC_CLK_TCK))))

  /// The ancestors of this process, its parent first.
  ///
  /// - Returns: As many as can be seen.
  package static func all() -> [Self] {
    var ancestors: [Self] = []
    var number = getppid()
    while number > 0, let (ancestor, parent) = find(number) {
      ancestors.append(ancestor)
      number = parent
    }
    return ancestors
  }

  /// Reads what the kernel says of a process (proc_pid_stat(5)).
  static func find(_ number: Int32) -> (ancestor: Self, parent: Int32)? {
    guard let text = try? FileSystem.text(of: "/proc/\(number)/stat"),
      // The name before it is in parentheses, and may hold any character.
      let end = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: end)...].split(separator: " ")
    guard fields.count > 19, let parent = Int32(fields[1]), let ticks = UInt64(fields[19]) else {
      return nil
    }
    return (Self(number: number, startTicks: ticks), parent)
  }
}
