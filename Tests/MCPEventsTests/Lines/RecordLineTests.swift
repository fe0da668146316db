import MCPEvents
import Testing

@Suite struct `Record line` {
  private func written(_ patch: RecordPatch) -> String {
    var output: [UInt8] = []
    RecordLine.write(patch.kind, patch.kind.columns.map { patch[$0.name] ?? .null }, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  @Test(arguments: [
    (
      patchLines[0],
      #"{"kind":"instance","id":"work-1","type":"coding","status":"started","worktree_path":"/w","claude_pid":7,"created_at":"2026-11-22T09:14:03.000Z","metadata":{"labels":{"a":"b"},"extra":{"unknown":[1]}}}"#
    ),
    (
      patchLines[1],
      #"{"kind":"relationship","parent_instance":"a","child_instance":"b","relationship_type":"spawned_review","review_iteration":2}"#
    ),
    (
      patchLines[2],
      #"{"kind":"github_issue","repo_owner":"o","repo_name":"r","number":123,"labels":["bug"],"updated_at":"2026-11-22T09:14:03.512Z"}"#
    ),
  ])
  func `has the columns in their order, and is read back`(line: String, expected: String) throws {
    let patch = try patch(line)
    #expect(written(patch) == expected)
    #expect(try written(self.patchOf(expected)) == expected)
  }

  private func patchOf(_ line: String) throws -> RecordPatch { try patch(line) }

  @Test func `tells null from absent`() throws {
    let patch = try patch(#"{"kind":"instance","id":"i","name":null,"model":"m"}"#)
    #expect(patch["name"] == .null)
    #expect(patch["model"] == .text("m"))
    #expect(patch["agent"] == nil)
    #expect(patch.values.map(\.column.name) == ["id", "name", "model"])
  }

  @Test func `does not take what the database assigns`() throws {
    let instance = try patch(
      #"{"kind":"instance","id":"i","event_count":7,"status_changed_at":1,"origin":"a","origin_id":1}"#
    )
    #expect(instance.values.map(\.column.name) == ["id"])
  }

  @Test(arguments: [
    (#""x":1"#, ColumnValue.mergedJSON(#"{"extra":{"x":1}}"#)),
    (#""x":1,"metadata":null"#, .json(#"{"extra":{"x":1}}"#)),
    (#""x":1,"metadata":{ }"#, .json(#"{"extra":{"x":1}}"#)),
    (#""x":1,"metadata":{"a":2}"#, .json(#"{"a":2,"extra":{"x":1}}"#)),
    (#""x":1,"metadata":{"extra":{"y":[]},"a":2}"#, .json(#"{"a":2,"extra":{"y":[],"x":1}}"#)),
    (#""metadata":{ "a" : 2 }"#, .json(#"{ "a" : 2 }"#)),
    (#""metadata":"{\"a\":\n2}\n""#, .json("{\"a\": 2}")),
    (#""metadata":" {\"a\":\"\u2028\u0085\"}""#, .json("{\"a\":\"\u{2028}\u{85}\"}")),
    (#""metadata":"plain""#, .json(#""plain""#)), (#""metadata":[1]"#, .json("[1]")),
  ])
  func `keeps unknown keys in the metadata`(members: String, expected: ColumnValue) throws {
    #expect(try patch(#"{"kind":"instance","id":"i",\#(members)}"#)["metadata"] == expected)
  }

  @Test func `takes the labels of an issue as a string of JSON`() throws {
    let issue =
      #"{"kind":"github_issue","repo_owner":"o","repo_name":"r","number":1,"labels":"[\"bug\"]","html_url":"u"}"#
    #expect(try patch(issue)["labels"] == .json(#"["bug"]"#))
  }

  @Test(arguments: [
    (#""id":"i","id":"i""#, LineRejection.Code.duplicateKey),
    (#""id":"i","name":"a","n\u0061me":"b""#, .duplicateKey),
    (#""id":null"#, .missingField), (#""name":"n""#, .missingField), (#""id":7"#, .wrongType),
    (#""id":"""#, .invalidValue), (#""id":"a\u0000""#, .invalidValue),
    (#""id":"i","name":"a\u0000""#, .invalidValue), (#""id":"i","type":"codng""#, .invalidValue),
    (#""id":"i","status":"""#, .invalidValue), (#""id":"i","type":7"#, .wrongType),
    (#""id":"i","claude_pid":-1"#, .invalidValue), (#""id":"i","claude_pid":1.5"#, .wrongType),
    (#""id":"i","claude_pid":"1""#, .wrongType), (#""id":"i","issue_number":0"#, .invalidValue),
    (#""id":"i","created_at":"now""#, .invalidValue),
    (#""id":"i","created_at":1e22"#, .invalidValue),
    (#""id":"i","created_at":true"#, .invalidValue), (#""id":"i","x":1,"metadata":[]"#, .wrongType),
    (#""id":"i","x":1,"metadata":{"extra":1}"#, .wrongType),
  ])
  func `rejects what a column cannot hold`(members: String, code: LineRejection.Code) {
    #expect(rejection(try patch(#"{"kind":"instance",\#(members)}"#))?.code == code)
  }

  @Test(arguments: ["parent_instance", "child_instance", "relationship_type"])
  func `must have its keys`(key: String) {
    let line = patchLines[1].replacingKey(key, with: "other")
    #expect(rejection(try patch(line))?.message == "'\(key)' is missing")
  }

  @Test func `keeps long texts, and NUL only in texts`() throws {
    let long = String(repeating: "é", count: 100_000)
    let instance = try patch(#"{"kind":"instance","id":"i","system_prompt":"\#(long)\u0000"}"#)
    #expect(instance.text("system_prompt") == long + "\0")
    let name = String(repeating: "x", count: 65_537)
    #expect(
      rejection(try patch(#"{"kind":"instance","id":"i","name":"\#(name)"}"#))?.code
        == .invalidValue
    )
    #expect(rejection(try patch(#"{"kind":"instance","id":"i","name":""}"#)) == nil)
  }

  @Test(arguments: [509, 510, 511])
  func `is never nested deeper than can be read back`(depth: Int) throws {
    let value = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    let line = #"{"kind":"instance","id":"i","x":\#(value)}"#
    if depth > 509 {
      #expect(rejection(try patch(line))?.code == .tooDeep)
    } else {
      guard case .mergedJSON(let metadata) = try patch(line)["metadata"] else { return }
      let again = try patch(#"{"kind":"instance","id":"i","metadata":\#(metadata)}"#)
      #expect(again["metadata"] == .json(metadata))
    }
  }
}

extension String {
  fileprivate func replacingKey(_ key: String, with other: String) -> String {
    split(separator: "\"\(key)\"", maxSplits: 1).joined(separator: "\"\(other)\"")
  }
}
