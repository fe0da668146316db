import Foundation
import Testing

@Suite struct `Exporting an archive` {
  /// Reads both layouts with nothing but Python, and checks every promise of the format.
  private static let reader = """
    name = sys.argv[1]
    raw = (gzip.open(name) if name.endswith('.gz') else open(name, 'rb')).read()
    if '.jsonl' in name:
        lines = raw.decode().split('\\n')
        assert lines.pop() == ''
        records = [json.loads(line) for line in lines]
        head, tail = records[0], records[-1]
        records = records[1:-1]
        before = raw[:raw.rindex(b'\\n', 0, -1) + 1]
        content = [l for l in lines[1:-1] if json.loads(l)['kind'] in ('instance', 'relationship', 'event')]
    else:
        document = json.loads(raw)
        keys = list(document)
        assert keys[0] == 'archive' and keys[-1] == 'summary', keys
        head, tail = document['archive'], document['summary']
        records = [r for key in keys[1:-1] for r in document[key]]
        before = raw[:raw.rindex(b'"summary":')]
        content = [l.strip(',') for l in raw.decode().split('\\n')
                   if l.startswith(('{"kind":"instance"', '{"kind":"relationship"', '{"kind":"event"'))]
    assert head['format'] == 'mcp-archive' and head['version'] == 1
    assert hashlib.sha256(before).hexdigest() == tail['sha256']
    digest = hashlib.sha256(''.join(l + '\\n' for l in content).encode()).hexdigest()
    assert digest == tail['content_sha256']
    counts = {}
    for record in records:
        counts[record['kind']] = counts.get(record['kind'], 0) + 1
    for kind, name in (('instance', 'instances'), ('relationship', 'relationships'), ('run', 'runs'),
                       ('event', 'events')):
        assert tail[name] == counts.get(kind, 0), (name, tail, counts)
    print(json.dumps({'head': head, 'summary': tail, 'counts': counts}))
    """

  private struct Contents: Decodable {
    struct Summary: Decodable {
      let contentDigest: String
      let rejected: Int

      enum CodingKeys: String, CodingKey {
        case contentDigest = "content_sha256"
        case rejected
      }
    }
    struct Head: Decodable {
      struct Filter: Decodable { let since: String? }
      struct Evidence: Decodable { let batches: Int }
      let filter: Filter
      let evidence: Evidence
    }
    let head: Head
    let summary: Summary
    let counts: [String: Int]
  }

  private func read(_ file: String) throws -> Contents {
    let run = try QueryRun(python: Self.reader, [file])
    try #require(run.status == 0, "\(run.messages)")
    return try JSONDecoder().decode(Contents.self, from: run.output)
  }

  @Test(arguments: ["a.jsonl", "a.jsonl.gz", "a.json", "a.json.gz"])
  func `keeps every promise in each layout`(name: String) throws {
    let database = try RecordedDatabase()
    let file = database.folder + "/" + name
    let run = try database.query("export", "--to", file)
    #expect(run.status == 0, "\(run.messages)")
    #expect(run.output.isEmpty)
    let contents = try read(file)
    #expect(contents.counts == ["instance": 2, "relationship": 1, "run": 1, "event": 5])
    #expect(contents.summary.rejected == 1)
    #expect(contents.head.evidence.batches > 0)
    let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }

  @Test func `has one content digest in all layouts`() throws {
    let database = try RecordedDatabase()
    let digests = try ["a.jsonl", "b.json.gz"].map { name in
      _ = try database.query("export", "--to", database.folder + "/" + name)
      return try read(database.folder + "/" + name).summary.contentDigest
    }
    #expect(Set(digests).count == 1)
  }

  @Test func `is what zcat makes of it`() throws {
    let database = try RecordedDatabase()
    let file = database.folder + "/a.jsonl.gz"
    _ = try database.query("export", "--to", file)
    let run = try QueryRun(
      shell: "gzip -t '\(file)' && zcat '\(file)' | grep -c call || zcat '\(file)' | wc -l"
    )
    #expect(run.lines == ["0", "11"], "\(run.text)")
  }

  @Test(arguments: ["", "--to -"])
  func `goes to standard output unless it has a name`(to: String) throws {
    let database = try RecordedDatabase()
    let run = try QueryRun(
      shell: "mcp-query export --db '\(database.path)' \(to) | zcat | grep -c kind"
    )
    #expect(run.lines == ["11"], "\(run.messages)")
  }

  @Test func `takes the selection's family and runs along`() throws {
    let database = try RecordedDatabase()
    let file = database.folder + "/a.json"
    _ = try database.query("export", "--tool", "read_file", "--since", "2026-11-21", "--to", file)
    let contents = try read(file)
    #expect(contents.counts == ["instance": 2, "relationship": 1, "run": 1, "event": 1])
    #expect(contents.head.filter.since == "2026-11-21T00:00:00.000Z")
  }

  @Test func `takes issues along on demand`() throws {
    let database = try RecordedDatabase()
    let file = database.folder + "/a.json"
    _ = try database.query("export", "--include", "issues", "--to", file)
    #expect(try read(file).counts["github_issue"] == 1)
  }

  @Test func `is empty and whole where nothing matches`() throws {
    let database = try RecordedDatabase()
    for name in ["a.json", "a.jsonl.gz"] {
      let file = database.folder + "/" + name
      #expect(try database.query("export", "--tool", "none", "--to", file).status == 0)
      #expect(try read(file).counts.isEmpty)
    }
  }

  @Test func `leaves a file that is there alone`() throws {
    let database = try RecordedDatabase()
    let file = database.folder + "/a.json"
    try Data("mine".utf8).write(to: URL(fileURLWithPath: file))
    let refused = try database.query("export", "--to", file)
    #expect(refused.status == 73)
    #expect(refused.messages.contains("--force"))
    #expect(FileManager.default.contents(atPath: file) == Data("mine".utf8))
    #expect(try database.query("export", "--to", file, "--force").status == 0)
    #expect(try read(file).counts["event"] == 5)
  }

  @Test func `leaves nothing behind when it fails`() throws {
    let database = try RecordedDatabase()
    let file = database.folder + "/a.json"
    let ambiguous = try database.query(
      "export",
      "--parent",
      "missing*",
      "--label",
      "x",
      "--to",
      file
    )
    #expect(ambiguous.status == 64)
    let missing = try database.query("export", "--to", database.folder + "/no/a.json")
    #expect(missing.status == 73, "\(missing.messages)")
    let names = try FileManager.default.contentsOfDirectory(atPath: database.folder)
    #expect(names.allSatisfy { $0.hasPrefix("events.db") }, "\(names)")
  }

  @Test func `says that the disk is full`() throws {
    let database = try RecordedDatabase()
    let run = try QueryRun(shell: "mcp-query export --db '\(database.path)' > /dev/full")
    #expect(run.status == 74, "\(run.messages)")
  }

  @Test func `can be recorded again`() throws {
    let database = try RecordedDatabase()
    let archive = try database.query("export", "--to", database.folder + "/a.jsonl")
    #expect(archive.status == 0)
    let copy = database.folder + "/copy.db"
    let run = try QueryRun(
      "mcp-sidecar",
      ["--db", copy, "--strict", "--summary", "none", database.folder + "/a.jsonl"]
    )
    #expect(run.status == 0, "\(run.messages)")
    #expect(try QueryRun("mcp-query", ["events", "--db", copy]).lines.count == 5)
    #expect(try QueryRun("mcp-query", ["instances", "--db", copy]).lines.count == 2)
  }

  @Test func `is the same to the byte for the same state and time`() throws {
    let database = try RecordedDatabase()
    let archives = try (0..<2).map { _ in
      try database.query("export", environment: ["SOURCE_DATE_EPOCH": "1795338843"]).output
    }
    #expect(archives[0] == archives[1])
    #expect(!archives[0].isEmpty)
  }

  @Test func `holds no configuration`() throws {
    let database = try RecordedDatabase()
    let run = try QueryRun(
      shell:
        "mcp-query export --db '\(database.path)' --include issues | zcat | grep -c user_config"
    )
    #expect(run.lines == ["0"])
  }
}
