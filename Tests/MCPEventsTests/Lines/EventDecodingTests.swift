import MCPEvents
import Testing

@Suite struct `Event decoding` {
  @Test func `reads the guide's example`() throws {
    let decoded = try event(sampleLines[0])
    #expect(decoded.instance == "work-123-a1")
    #expect(decoded.tool == "edit_file")
    #expect(decoded.row.outcome == .ok)
    #expect(decoded.metadata == #"{"file":"src/main.ts","lines":50}"#)
    #expect(decoded.row.timestamp == Decoded.receivedAt)
    #expect(decoded.row.receivedAt == Decoded.receivedAt)
    #expect(decoded.extra == nil)
    #expect(decoded.uid == nil)
    #expect(decoded.row.line == 0)
  }

  @Test func `reads every field`() throws {
    let decoded = try event(sampleLines[1])
    #expect(
      decoded.content == [
        "wörk \"1\"", "a\\b", "timeout", "line\nbreak \0 😀 é", #"[1,2.5e3,{"a":null}]"#, "3f786850",
        "pr_created", "true", "2026-11-22T09:14:03.512Z", "15320", "fs", "edit", "s", "c", "p",
        "claude.stream", #"{"x":1}"#,
      ]
    )
    #expect(decoded.uid == "claude:s:c")
    #expect(decoded.row.receivedAt == Decoded.receivedAt)
    #expect(decoded.row.id == 0)
    #expect(decoded.row.supersedes == nil)
  }

  @Test func `takes null for absent`() throws {
    let decoded = try event(
      with: EventField.allCases.filter { $0.rawValue > EventField.success.rawValue }
        .map { #""\#($0.key)":null"# }.joined(separator: ",")
    )
    #expect(
      decoded.content.compactMap(\.self) == [
        "i", "t", "ok", "false", Decoded.receivedAt.description,
      ]
    )
  }

  @Test(arguments: EventField.allCases)
  func `rejects every known key that stands there twice`(field: EventField) {
    let line =
      #"{"instance_id":"i","tool_name":"t","success":true,"\#(field.key)":null,"\#(field.key)":null}"#
    let rejection = rejection(try event(line))
    #expect(rejection?.code == .duplicateKey)
    #expect(
      rejection?.message.contains("'\(field.key)'") == true
        || field.rawValue <= EventField.success.rawValue
    )
  }

  @Test func `rejects a known key that is escaped the second time`() {
    #expect(rejection(try event(with: #""call_id":"1","call\u005fid":"2""#))?.code == .duplicateKey)
  }

  @Test(arguments: EventField.allCases)
  func `finds every field by its key`(field: EventField) {
    let key = Array(field.key.utf8)
    #expect(EventField.allCases.filter { $0.key == field.key } == [field])
    #expect(EventField.named(key.span) == field)
    for index in key.indices {
      var other = key
      other[index] ^= 0x20
      #expect(EventField.named(other.span) == nil)
    }
  }

  @Test(arguments: [
    (#""error_message":1"#, LineRejection.Code.wrongType), (#""error_message":{}"#, .wrongType),
    (#""git_commit_hash":false"#, .wrongType), (#""is_status_updating":"true""#, .wrongType),
    (#""is_status_updating":1"#, .wrongType), (#""timestamp":true"#, .wrongType),
    (#""timestamp":[]"#, .wrongType), (#""timestamp":"yesterday""#, .invalidValue),
    (#""timestamp":"2026-11-22T09:14:03""#, .invalidValue), (#""timestamp":1e300"#, .invalidValue),
    (#""duration_us":"1""#, .wrongType), (#""duration_us":-1"#, .invalidValue),
    (#""duration_us":1.5"#, .invalidValue), (#""duration_us":9223372036854775808"#, .invalidValue),
    (#""tool_kind":"READ""#, .invalidValue), (#""tool_kind":"""#, .invalidValue),
    (#""tool_kind":7"#, .wrongType), (#""extra":[]"#, .wrongType), (#""extra":"{}""#, .wrongType),
    (#""success":true"#, .duplicateKey),
  ])
  func `rejects what a field cannot hold, and leaves the batch alone`(
    member: String,
    code: LineRejection.Code
  ) {
    var decoder = LineDecoder()
    var batch = EventBatch()
    let line = Array(#"{"instance_id":"\u0069","tool_name":"t","success":true,\#(member)}"#.utf8)
    let position = LinePosition(number: 1, offset: 0, length: 1)
    let rejection = rejection(
      try decoder.decode(line.span, at: position, receivedAt: Decoded.receivedAt, into: &batch)
    )
    #expect(rejection?.code == code)
    #expect(batch.isEmpty)
    #expect(batch.bytes.isEmpty)
  }

  @Test func `takes durations up to the largest`() throws {
    #expect(try event(with: #""duration_us":9223372036854775807"#).row.duration == .max)
    #expect(try event(with: #""duration_us":0"#).row.duration == 0)
    #expect(try event(with: #""duration_us":-0"#).row.duration == 0)
  }

  @Test(arguments: ToolKind.allCases)
  func `reads every tool kind, escaped as well`(kind: ToolKind) throws {
    #expect(try event(with: #""tool_kind":"\#(kind.rawValue)""#).row.toolKind == kind)
    let first = String(kind.rawValue.utf8.first.map { String($0, radix: 16) } ?? "")
    #expect(
      try event(with: #""tool_kind":"\u00\#(first)\#(kind.rawValue.dropFirst())""#).row.toolKind
        == kind
    )
  }

  @Test func `gives an event of an archive a uid`() throws {
    #expect(try event(with: #""id":42,"origin":"0a1b""#).uid == "archive:0a1b:42")
    #expect(try event(with: #""origin":"\u0030a","id":42"#).uid == "archive:0a:42")
    #expect(try event(with: #""id":42,"origin":"0a1b","event_uid":"own""#).uid == "own")
    #expect(try event(with: #""id":42"#).uid == nil)
    #expect(try event(with: #""origin":"0a1b""#).uid == nil)
  }

  @Test(arguments: [
    #""id":0,"origin":"a""#, #""id":-1,"origin":"a""#, #""id":1.5,"origin":"a""#,
    #""id":1,"origin":"""#, #""id":1,"origin":"a\u0000""#,
  ])
  func `rejects an identity that no archive has`(members: String) {
    #expect(rejection(try event(with: members))?.code == .invalidValue)
  }

  @Test func `keeps the events of many lines apart`() throws {
    var decoder = LineDecoder()
    var batch = EventBatch()
    for number in 1...100 {
      let line = Array(
        #"{"instance_id":"i\u0031\#(number)","tool_name":"t\#(number)","success":true,"n":\#(number)}"#
          .utf8
      )
      let position = LinePosition(number: Int64(number), offset: 0, length: Int64(line.count))
      _ = try decoder.decode(line.span, at: position, receivedAt: Decoded.receivedAt, into: &batch)
      if number % 3 == 0 {
        _ = try? decoder.decode(
          Array(#"{"instance_id":"\u0031"}"#.utf8).span,
          at: position,
          receivedAt: Decoded.receivedAt,
          into: &batch
        )
      }
    }
    #expect(batch.rows.map { batch.string($0.instanceID) } == (1...100).map { "i1\($0)" })
    #expect(batch.rows.map { batch.string($0.extra) } == (1...100).map { #"{"n":\#($0)}"# })
    #expect(batch.rows.map(\.line) == (0..<100).map { $0 })
    #expect(batch.lines.map(\.position.number) == (1...100).map { $0 })
  }
}
