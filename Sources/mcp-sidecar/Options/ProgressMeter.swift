internal import Synchronization

internal import MCPCommandLine
internal import MCPIngest

/// Shows how far reading is: bytes, the part of the file, and the speed.
final class ProgressMeter: Sendable {
  private let line: Mutex<ProgressLine>

  init(_ line: ProgressLine) {
    self.line = Mutex(line)
  }

  /// Shows where reading is now.
  func show(_ progress: ReadingProgress) {
    line.withLock { $0.show(Self.text(progress)) }
  }

  /// Removes what is shown.
  func clear() {
    line.withLock { $0.clear() }
  }

  private static func text(_ progress: ReadingProgress) -> String {
    let seconds = max(progress.elapsed / .seconds(1), 0.001)
    let speed = "\(megabytes(Int64(Double(progress.bytesRead) / seconds)))/s"
    guard let size = progress.size, size > 0 else {
      return "\(progress.source): \(megabytes(progress.bytesRead)), \(speed)"
    }
    // The file may have grown meanwhile.
    let percentage = min(100, progress.position * 100 / size)
    return "\(progress.source): \(percentage) % of \(megabytes(size)), \(speed)"
  }

  private static func megabytes(_ bytes: Int64) -> String {
    let tenths = bytes / 100_000
    return "\(tenths / 10).\(tenths % 10) MB"
  }
}
