import ArgumentParser

/// The command line's description of a workload.
struct WorkloadArguments: ParsableArguments {
  private static let maximumInstances = 1_000_000
  private static let maximumMetadataBytes = 64 << 20

  @Option(help: "How many events to print.")
  var count = 1_000

  @Option(help: "The number that all randomness comes from.")
  var seed: UInt64 = 1

  @Option(help: "How many agent instances take part; at most six are active at a time.")
  var instances = 8

  @Option(help: "The share of calls that do not succeed, from 0 to 1.")
  var failureRate = 0.05

  @Option(help: "The typical size of an event's metadata; 0 leaves it out.")
  var metadataBytes = 160

  @Option(
    help: ArgumentHelp(
      "When the first agent starts: RFC 3339, a date, or Unix milliseconds.",
      valueName: "time"
    )
  )
  var start = Timestamp.defaultStart

  @Option(help: "How timestamps are written: rfc3339 or milliseconds.")
  var timeFormat = TimeFormat.rfc3339

  @Flag(help: "Give every event an event_uid.")
  var uid = false

  var options: WorkloadOptions {
    WorkloadOptions(
      count: count,
      seed: seed,
      instances: instances,
      failureRate: failureRate,
      metadataBytes: metadataBytes,
      start: start,
      timeFormat: timeFormat,
      hasIdentities: uid
    )
  }

  func validate() throws {
    guard count >= 0 else { throw ValidationError("--count must not be negative.") }
    guard (1...Self.maximumInstances).contains(instances) else {
      throw ValidationError("--instances must be between 1 and \(Self.maximumInstances).")
    }
    guard (0.0...1.0).contains(failureRate) else {
      throw ValidationError("--failure-rate must be between 0 and 1.")
    }
    guard (0...Self.maximumMetadataBytes).contains(metadataBytes) else {
      throw ValidationError(
        "--metadata-bytes must be between 0 and \(Self.maximumMetadataBytes)."
      )
    }
  }
}

extension TimeFormat: ExpressibleByArgument {}
