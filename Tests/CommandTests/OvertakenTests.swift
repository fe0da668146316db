import Testing

@Suite struct `A recorder that a newer program overtakes` {
  @Test func `stops with 75 at the end of its input, and what it read is stored later`() throws {
    let folder = try IngestFolder()
    let recorder = try LiveRecorder(folder)
    try recorder.write(Lines.events(0..<10))
    try recorder.until("the first commit") { try folder.hasEvents(10) }
    let version = try #require(try folder.value("PRAGMA user_version").flatMap { Int($0) })
    try folder.setVersion(user: 99, minimumWriter: 99)
    try recorder.write(Lines.events(10..<20))
    try recorder.close()
    #expect(recorder.wait() == 75)
    #expect(recorder.messages.contains("install the newer mcp-sidecar"))
    #expect(try folder.eventCount == 10)

    try folder.setVersion(user: version, minimumWriter: 1)
    #expect(try folder.record(text: Lines.event(20) + "\n").status == 0)
    #expect(
      try folder.rows("SELECT call_id FROM mcp_events ORDER BY id").map(\.first)
        == (0...20).map { "c\($0)" }
    )
    #expect(try QueryRun("mcp-query", ["check", "--db", folder.database]).status == 0)
  }
}

extension IngestFolder {
  /// Whether so many events are stored; a database that is not there yet has none.
  fileprivate func hasEvents(_ count: Int) throws -> Bool {
    try shell("test -s \"$DB\"").status == 0 && (try? eventCount) == count
  }

  /// What a program of another version leaves in the database.
  fileprivate func setVersion(user: Int, minimumWriter: Int) throws {
    let run = try shell(
      """
      python3 - <<'END'
      import os, sqlite3
      database = sqlite3.connect(os.environ["DB"], timeout=20)
      database.execute("UPDATE meta SET value = '\(minimumWriter)' WHERE key = 'min_writer'")
      database.execute("PRAGMA user_version = \(user)")
      database.commit()
      END
      """
    )
    try #require(run.status == 0, "\(run.messages)")
  }
}
