import GRDB
import MCPStore

/// Measures the guide's single operations beside the same work done by hand, in one run.
@main struct BenchGuide {
  static func main() async throws {
    let directory = CommandLine.arguments.dropFirst().first ?? "/tmp"
    let name = "\(directory)/bench-guide-\(UInt32.random(in: 0 ... .max))"
    try await SingleEvents(directory: name).run()
    try await FirstPages(file: name + "-pages.db").run()
  }
}

/// Numbers that were measured, in microseconds.
struct Sample {
  private var values: [Double] = []

  mutating func measure(_ body: () async throws -> Void) async rethrows {
    let clock = ContinuousClock()
    let start = clock.now
    try await body()
    let (seconds, attoseconds) = (clock.now - start).components
    values.append(Double(seconds) * 1e6 + Double(attoseconds) / 1e12)
  }

  var mean: Double { values.reduce(0, +) / Double(values.count) }
  var total: Double { values.reduce(0, +) }

  func percentile(_ share: Double) -> Double {
    values.sorted()[min(values.count - 1, Int(Double(values.count) * share))]
  }
}

extension Double {
  /// Rounded for a table.
  var shown: String { String(Int(self.rounded())) }
}
