/// What an import of an original database took over.
public struct ImportReport: Hashable, Sendable, CustomStringConvertible {
  /// Instances that are new, or newer than what was stored.
  public internal(set) var instances = 0
  /// Events that are new.
  public internal(set) var events = 0
  /// Relationships that are new.
  public internal(set) var relationships = 0
  /// Issues that are new, or newer than what was stored.
  public internal(set) var issues = 0
  /// Configuration values that are new, or newer than what was stored.
  public internal(set) var configValues = 0

  /// Creates the report of nothing.
  public init() {}

  /// The numbers in a sentence.
  public var description: String {
    "\(instances) instances, \(events) events, \(relationships) relationships, \(issues) issues "
      + "and \(configValues) configuration values imported"
  }
}
