internal import MCPEvents
package import MCPStore
internal import MCPSystem

/// Writes archives of a database.
package enum ArchiveExport {
  /// After so many events the caller hears of the progress.
  private static let progressInterval: Int64 = 4096

  /// Writes an archive of one consistent state of the database, while writers go on.
  ///
  /// - Parameters:
  ///   - request: What it holds.
  ///   - reader: The database.
  ///   - destination: Where it goes; a file is not there before it is complete.
  ///   - progress: Gets the number of events so far, now and then.
  /// - Returns: What was written.
  /// - Throws: A ``ArchiveError``, `StoreError`, `FilterError` or `SystemError`; a file that was
  ///   there is then as it was.
  package static func write(
    _ request: ArchiveRequest,
    from reader: StoreReader,
    to destination: ArchiveDestination,
    progress: (Int64) throws -> Void = { _ in }
  ) throws -> ArchiveSummary {
    try refuseExisting(destination)
    do {
      return try reader.read { snapshot in
        try write(request, snapshot, to: destination, progress)
      }
    } catch let error as SystemError where error.isAlreadyExists {
      throw taken(error.path ?? "the file")
    }
  }

  private static func refuseExisting(_ destination: ArchiveDestination) throws {
    guard case .file(let path, isReplacing: false) = destination,
      try FileStatus.ofLink(path) != nil
    else { return }
    throw taken(path)
  }

  private static func taken(_ path: String) -> ArchiveError {
    ArchiveError(.exists, "\(path) exists; choose another name, or replace it with --force")
  }

  private static func write(
    _ request: ArchiveRequest,
    _ snapshot: StoreSnapshot,
    to destination: ArchiveDestination,
    _ progress: (Int64) throws -> Void
  ) throws -> ArchiveSummary {
    let slice = try StoreSlice(request.filter, of: snapshot)
    let header = ArchiveHeader(
      request: request,
      databaseID: snapshot.databaseID,
      schemaVersion: snapshot.schemaVersion,
      head: try snapshot.evidenceHead()
    )
    var writer = ArchiveWriter(
      try ArchiveOutput.open(destination, request),
      framing: request.layout.framing
    )
    var summary = ArchiveSummary()
    writer.begin(header)
    try writeRecords(slice, request, &writer, &summary)
    writer.begin(.events)
    try slice.forEachEvent { line in
      try writer.append(line)
      summary.events += 1
      if summary.events % progressInterval == 0 { try progress(summary.events) }
    }
    return try writer.finish(summary)
  }

  /// Writes everything but the events.
  private static func writeRecords(
    _ slice: StoreSlice,
    _ request: ArchiveRequest,
    _ writer: inout ArchiveWriter,
    _ summary: inout ArchiveSummary
  ) throws {
    writer.begin(.instances)
    try slice.forEachInstance { line in
      try writer.append(line)
      summary.instances += 1
    }
    writer.begin(.relationships)
    try slice.forEachRelationship { line in
      try writer.append(line)
      summary.relationships += 1
    }
    if request.includesIssues {
      var count: Int64 = 0
      writer.begin(.issues)
      try slice.forEachIssue { line in
        try writer.append(line)
        count += 1
      }
      summary.issues = count
    }
    writer.begin(.runs)
    (summary.rejected, summary.lost) = try slice.forEachRun(seenBy: request.observer) { line in
      try writer.append(line)
      summary.runs += 1
    }
  }
}
