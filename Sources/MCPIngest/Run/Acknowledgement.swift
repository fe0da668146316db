internal import Synchronization

internal import MCPEvents
internal import MCPSystem

/// Tells a producer what it may forget: `{"lines":…,"bytes":…}`, everything up to there is on disk.
///
/// A producer that does not listen, or no longer, holds nothing up: each message says more than the
/// one before, so those that find no room are left out.
final class Acknowledgement: Sendable {
  private struct State {
    var told: (lines: Int64, bytes: Int64) = (0, 0)
    var newest: BatchWriter.Progress?
  }

  private let descriptor: BorrowedDescriptor
  private let state = Mutex(State())

  /// Tells it to whoever reads from `descriptor`.
  init(_ descriptor: BorrowedDescriptor) {
    self.descriptor = descriptor
  }

  /// Tells what is stored, if there is room for a message.
  func tell(_ progress: BatchWriter.Progress) {
    state.withLock { state in
      state.newest = progress
      tell(&state, until: .now)
    }
  }

  /// Tells what could not be told before, and waits for the reader at most `patience`.
  func finish(within patience: Duration) {
    state.withLock { tell(&$0, until: .now + patience) }
  }

  private func tell(_ state: inout State, until deadline: ContinuousClock.Instant) {
    guard let progress = state.newest else { return }
    let covered = (progress.coveredLines, progress.coveredBytes)
    guard covered != state.told else { return }
    var poller = Poller()
    let watch = poller.watch(descriptor, for: .output)
    // A pipe that is ready takes any message of less than a page at once.
    guard (try? poller.wait(until: deadline)) == .ready,
      poller.readiness(of: watch).contains(.output)
    else { return }
    try? descriptor.write(all: Self.message(progress).span)
    state.told = covered
  }

  private static func message(_ progress: BatchWriter.Progress) -> [UInt8] {
    var line = Array("{\"lines\":".utf8)
    line.append(decimal: progress.coveredLines)
    line.append(",\"bytes\":")
    line.append(decimal: progress.coveredBytes)
    line.append("}\n")
    return line
  }
}
