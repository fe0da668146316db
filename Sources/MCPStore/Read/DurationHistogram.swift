internal import Glibc

/// How durations are spread, in little memory: percentiles are right to one part in a hundred.
package struct DurationHistogram: Hashable, Sendable {
  /// Each bucket is so many times as wide as the one before; its middle is off by half of that.
  private static let growth = 1.02

  private var counts: [Int: Int64] = [:]
  private var total: Int64 = 0
  /// The longest duration.
  package private(set) var maximum: Int64?

  package init() {}

  /// Adds a duration in microseconds.
  package mutating func add(_ duration: Int64) {
    counts[Self.bucket(duration), default: 0] += 1
    total += 1
    maximum = max(maximum ?? duration, duration)
  }

  /// The duration that so large a part of all does not exceed.
  ///
  /// - Parameter part: From 0 to 1, such as 0.95.
  /// - Returns: The duration in microseconds; `nil` where there is none.
  package func percentile(_ part: Double) -> Int64? {
    guard let maximum else { return nil }
    var rest = Int64((part * Double(total)).rounded(.up))
    for (bucket, count) in counts.sorted(by: { $0.key < $1.key }) {
      rest -= count
      if rest <= 0 { return min(maximum, Self.middle(of: bucket)) }
    }
    return maximum
  }

  private static func bucket(_ duration: Int64) -> Int {
    duration <= 0 ? -1 : Int(log(Double(duration)) / log(growth))
  }

  private static func middle(of bucket: Int) -> Int64 {
    guard bucket >= 0 else { return 0 }
    let middle = (pow(growth, Double(bucket)) * (1 + growth) / 2).rounded()
    return Int64(exactly: middle) ?? .max
  }
}
