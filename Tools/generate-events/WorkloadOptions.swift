/// What a workload looks like.
struct WorkloadOptions {
  /// How many events it has.
  var count: Int
  /// The number that all randomness comes from.
  var seed: UInt64
  /// How many instances take part.
  var instances: Int
  /// The share of calls that do not succeed, from 0 to 1.
  var failureRate: Double
  /// The typical size of an event's metadata; 0 leaves it out.
  var metadataBytes: Int
  /// When the first agent starts.
  var start: Timestamp
  var timeFormat: TimeFormat
  /// Whether every event carries an `event_uid`.
  var hasIdentities: Bool
}

/// How an event's time is written.
enum TimeFormat: String {
  case rfc3339
  case milliseconds
}
