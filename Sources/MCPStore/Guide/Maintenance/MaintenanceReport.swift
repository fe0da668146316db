/// What maintenance has done.
public struct MaintenanceReport: Hashable, Sendable {
  /// Whether free pages were given back to the file system.
  public internal(set) var isVacuumed = false
  /// The backup that was made.
  public internal(set) var backup: String?
  /// How many older backups were removed.
  public internal(set) var removedBackups = 0
  /// How many events were erased because they were too old.
  public internal(set) var erasedEvents = 0

  /// Creates the report of nothing.
  public init() {}
}
