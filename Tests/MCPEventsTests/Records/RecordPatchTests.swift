import MCPEvents
import Testing

@Suite struct `Record patch` {
  @Test func `holds a column once, the newest value last`() throws {
    var patch = RecordPatch(.instance)
    try patch.set("id", .text("i"))
    try patch.set("name", .text("a"))
    try patch.set("id", .text("j"))
    try patch.setDefault("name", .text("b"))
    try patch.setDefault("model", .text("m"))
    #expect(patch.values.map(\.column.name) == ["name", "id", "model"])
    #expect(patch.text("id") == "j")
    #expect(patch.text("name") == "a")
  }

  @Test func `keeps a default from replacing null`() throws {
    var patch = RecordPatch(.instance)
    try patch.set("name", .null)
    try patch.setDefault("name", .text("b"))
    #expect(patch["name"] == .null)
  }

  @Test func `brings JSON on one line`() throws {
    var patch = RecordPatch(.instance)
    try patch.set("metadata", .json(" {\n\"a\":\r\n\"\\n\u{2028}\" }\t"))
    #expect(patch["metadata"] == .json("{ \"a\":  \"\\n\u{2028}\" }"))
    try patch.set("metadata", .mergedJSON("{}\n"))
    #expect(patch["metadata"] == .mergedJSON("{}"))
  }

  @Test(arguments: [
    ("id", ColumnValue.null, LineRejection.Code.missingField), ("nothing", .null, .invalidValue),
    ("id", .integer(1), .wrongType), ("claude_pid", .text("1"), .wrongType),
    ("metadata", .json("{"), .invalidValue), ("metadata", .text("{}"), .wrongType),
    ("metadata", .mergedJSON("[]"), .wrongType), ("created_at", .integer(.max), .invalidValue),
    ("created_at", .integer(-62_167_219_200_001), .invalidValue),
    ("status", .text("done"), .invalidValue),
  ])
  func `refuses what a column cannot hold`(
    name: String,
    value: ColumnValue,
    code: LineRejection.Code
  ) {
    var patch = RecordPatch(.instance)
    #expect(rejection(try patch.set(name, value))?.code == code)
    #expect(patch.values.isEmpty)
  }

  @Test(arguments: RecordKind.allCases)
  func `has columns with names of their own, and keys`(kind: RecordKind) {
    #expect(Set(kind.columns.map(\.name)).count == kind.columns.count)
    #expect(!kind.keys.isEmpty)
    #expect(kind.columns.allSatisfy { kind.column($0.name) == $0 })
  }
}
