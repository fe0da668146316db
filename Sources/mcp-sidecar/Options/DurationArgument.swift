internal import ArgumentParser

/// A length of time on the command line: `200ms`, `5s`, `2m` or `1h`.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration

  private static let units: [(suffix: String, milliseconds: Int64)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000),
  ]

  init(milliseconds: Int64) {
    duration = .milliseconds(milliseconds)
  }

  init?(argument: String) {
    for (suffix, factor) in Self.units where argument.hasSuffix(suffix) {
      guard let number = Int64(argument.dropLast(suffix.count)), (0...1_000_000).contains(number)
      else { return nil }
      duration = .milliseconds(number * factor)
      return
    }
    return nil
  }

  var defaultValueDescription: String {
    let milliseconds = duration / .milliseconds(1)
    return milliseconds < 1000 ? "\(Int(milliseconds))ms" : "\(Int(milliseconds / 1000))s"
  }
}
