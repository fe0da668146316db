internal import MCPEvents
internal import MCPSystem

/// Tells a producer what it may forget.
enum Acknowledgement {
  /// Writes `{"lines":…,"bytes":…}`: everything up to there is on disk.
  ///
  /// A producer that no longer listens is its own affair.
  static func write(_ progress: BatchWriter.Progress, to descriptor: BorrowedDescriptor) {
    var line = Array("{\"lines\":".utf8)
    line.append(decimal: progress.coveredLines)
    line.append(",\"bytes\":")
    line.append(decimal: progress.coveredBytes)
    line.append("}\n")
    try? descriptor.write(all: line.span)
  }
}
