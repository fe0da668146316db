package import MCPEvents
internal import MCPGzip
package import MCPStore
internal import MCPSystem

/// What an archive is to hold, and how.
package struct ArchiveRequest: Sendable {
  /// Which records; its times are absolute.
  package var filter: RecordFilter
  /// The issues that the archive's instances work on are put in, too.
  package var includesIssues = false
  package var layout: ArchiveLayout
  /// How hard gzip tries: 1 (fast) to 9 (small).
  package var level: Int
  /// How many blocks are compressed at the same time.
  package var threadCount = ProcessEnvironment.coreCount
  /// The version of the program, for the header.
  package var toolVersion: String
  /// The time that the header says.
  package var exportedAt: UnixTime
  /// Who looks at the runs.
  package var observer: RunObserver

  package init(
    _ filter: RecordFilter,
    layout: ArchiveLayout,
    toolVersion: String,
    exportedAt: UnixTime,
    observer: RunObserver
  ) {
    self.filter = filter
    self.layout = layout
    self.toolVersion = toolVersion
    self.exportedAt = exportedAt
    self.observer = observer
    level = GzipWriter.defaultLevel
  }
}

/// Where an archive goes.
package enum ArchiveDestination: Hashable, Sendable {
  case standardOutput
  /// A file, which appears under its name when it is complete.
  case file(path: String, isReplacing: Bool)
}
