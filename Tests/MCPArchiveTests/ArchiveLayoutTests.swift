import MCPArchive
import Testing

@Suite struct `The layout of an archive` {
  @Test(arguments: [
    ("a.jsonl", ArchiveLayout(framing: .lines, isCompressed: false)),
    ("a.jsonl.gz", ArchiveLayout(framing: .lines, isCompressed: true)),
    ("dir.gz/a.json", ArchiveLayout(framing: .document, isCompressed: false)),
    ("a.json.gz", ArchiveLayout(framing: .document, isCompressed: true)),
  ])
  func `is what the name says`(name: String, layout: ArchiveLayout) throws {
    #expect(try ArchiveLayout(name: name) == layout)
  }

  @Test(arguments: ["", "a", "a.gz", "a.tar.gz", "json", "a.JSON", "bag/"])
  func `must be said by the name`(name: String) {
    let error = #expect(throws: ArchiveError.self) { try ArchiveLayout(name: name) }
    #expect(error?.code == .name)
  }
}
