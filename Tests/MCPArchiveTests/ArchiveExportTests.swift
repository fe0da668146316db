import MCPEvents
import MCPStore
import MCPSystem
import Testing

@testable import MCPArchive

@Suite struct `Writing an archive` {
  /// A folder with a database of four events, and what is written into it.
  private final class Folder {
    let path = "/tmp/mcp-archive-tests-\(UInt64.random(in: 0 ... .max))"
    let reader: StoreReader

    init() throws {
      try FileSystem.createDirectories(path)
      let store = try AgentStore(path: path + "/events.db")
      var decoder = LineDecoder()
      var batch = RecordBatch()
      for number in 1...4 {
        let line = Array(#"{"instance_id":"a","tool_name":"t\#(number)","success":true}"#.utf8)
        _ = try decoder.decode(
          line.span,
          at: LinePosition(number: Int64(number), offset: 0, length: 1),
          receivedAt: UnixTime(milliseconds: 5),
          into: &batch.events
        )
      }
      let seal = store.seal(&batch)
      _ = try store.append(batch, seal, in: RunContext())
      try store.close()
      reader = try StoreReader(path: path + "/events.db")
    }

    deinit {
      reader.close()
      for name in (try? FileSystem.names(in: path)) ?? [] {
        try? FileSystem.remove("\(path)/\(name)")
      }
      try? FileSystem.removeDirectory(path)
    }

    func request(_ name: String) throws -> ArchiveRequest {
      ArchiveRequest(
        RecordFilter(),
        layout: try ArchiveLayout(name: name),
        toolVersion: "1.2",
        exportedAt: UnixTime(milliseconds: 1_795_338_843_000),
        observer: .here
      )
    }

    func write(_ name: String, isReplacing: Bool = false) throws -> ArchiveSummary {
      try ArchiveExport.write(
        try request(name),
        from: reader,
        to: .file(path: "\(path)/\(name)", isReplacing: isReplacing)
      )
    }

    func text(_ name: String) throws -> String {
      let file = try FileDescriptor.open("\(path)/\(name)", for: .reading)
      return String(
        decoding: try [UInt8](capacity: 1 << 20) { try file.read(at: 0, into: &$0) },
        as: UTF8.self
      )
    }
  }

  @Test func `puts one record on a line of a document`() throws {
    let folder = try Folder()
    _ = try folder.write("a.json")
    let lines = try folder.text("a.json").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[0].hasPrefix(#"{"archive":{"kind":"archive","format":"mcp-archive","version":1,"#)
    )
    #expect(lines[1] == #""instances":["#)
    #expect(lines.filter { $0.hasPrefix(#"{"kind":"event","id":"#) }.count == 4)
    #expect(lines.suffix(2).first?.hasPrefix(#""summary":{"kind":"summary","#) == true)
    #expect(lines.last == "")
  }

  @Test func `gives the same content digest whatever the layout`() throws {
    let folder = try Folder()
    let digests = try ["a.json", "b.jsonl", "c.json.gz"].map { try folder.write($0).contentDigest }
    #expect(Set(digests).count == 1)
    #expect(digests[0].count == 64)
  }

  @Test func `does not replace a file unless it is told to`() throws {
    let folder = try Folder()
    _ = try folder.write("a.jsonl")
    let error = #expect(throws: ArchiveError.self) { try folder.write("a.jsonl") }
    #expect(error?.code == .exists)
    #expect(try folder.write("a.jsonl", isReplacing: true).events == 4)
  }

  @Test func `leaves nothing behind when it is stopped in the middle`() throws {
    struct Stop: Error {}
    let folder = try Folder()
    let reader = folder.reader
    #expect(throws: Stop.self) {
      try reader.read { snapshot in
        var writer = ArchiveWriter(
          try ArchiveOutput.open(
            .file(path: folder.path + "/a.jsonl", isReplacing: false),
            try folder.request("a.jsonl")
          ),
          framing: .lines
        )
        writer.begin(.events)
        try snapshot.forEachEventLine(RecordQuery()) { try writer.append($0) }
        throw Stop()
      }
    }
    let names = try FileSystem.names(in: folder.path)
    #expect(names.allSatisfy { $0.hasPrefix("events.db") }, "\(names)")
  }
}
