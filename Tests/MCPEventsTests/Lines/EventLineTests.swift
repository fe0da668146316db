import MCPEvents
import Testing

@Suite struct `Canonical event line` {
  /// Evidence is computed from these bytes: they must never change.
  @Test func `of the least event`() throws {
    let decoded = try event(#"{"instance_id":"i","tool_name":"t","success":true}"#)
    #expect(
      decoded.line()
        == #"{"kind":"event","id":1,"instance_id":"i","tool_name":"t","success":true,"is_status_updating":false,"timestamp":"2026-11-22T09:14:03.512Z","outcome":"ok","received_at":"2026-11-22T09:14:03.512Z","instance_seq":1,"origin":"0123456789abcdef"}"#
    )
  }

  @Test func `of an event with every column`() throws {
    let decoded = try event(sampleLines[1])
    let written = decoded.line { row in
      (row.id, row.instanceSequence, row.supersedes) = (Int64.max, 3, 6)
      row.receivedAt = UnixTime(milliseconds: 1_795_338_844_000)
    }
    #expect(
      written
        == #"{"kind":"event","id":9223372036854775807,"instance_id":"wörk \"1\"","tool_name":"a\\b","success":false,"error_message":"line\nbreak \u0000 😀 é","metadata":[1,2.5e3,{"a":null}],"git_commit_hash":"3f786850","status_change":"pr_created","is_status_updating":true,"timestamp":"2026-11-22T09:14:03.512Z","outcome":"timeout","duration_us":15320,"server_name":"fs","tool_kind":"edit","session_id":"s","call_id":"c","parent_call_id":"p","source_format":"claude.stream","received_at":"2026-11-22T09:14:04.000Z","extra":{"x":1},"event_uid":"claude:s:c","instance_seq":3,"supersedes":6,"origin":"0123456789abcdef"}"#
    )
  }

  @Test func `of texts that need escapes`() throws {
    let decoded = try event(
      with:
        #""error_message":"\"\\\/\b\f\n\r\t\u0000\u001f\u007f\u2028é😀","metadata":"\/\u00e9","x":"\/""#
    )
    #expect(
      decoded.line().contains(
        #""error_message":"\"\\/\b\f\n\r\t\u0000\u001f"# + "\u{7F}\u{2028}é😀\""
          + #","metadata":"\/\u00e9","is_status_updating""#
      )
    )
    #expect(decoded.line().contains(#""extra":{"x":"\/"}"#))
  }

  @Test func `has room for the longest texts`() throws {
    let longest = String(repeating: #"\u0001"#, count: 1024)
    let names = [
      "instance_id", "tool_name", "git_commit_hash", "status_change", "server_name", "session_id",
      "call_id", "parent_call_id", "source_format", "event_uid",
    ]
    let texts = names.map { #""\#($0)":"\#(longest)""# }.joined(separator: ",")
    let message = String(repeating: longest, count: 4)
    let decoded = try event(
      #"{\#(texts),"success":false,"duration_us":\#(Int64.max),"error_message":"\#(message)"}"#
    )
    let written = decoded.line(origin: String(repeating: "\u{1}", count: 1024)) { row in
      (row.id, row.instanceSequence, row.supersedes) = (Int64.min, Int64.min, Int64.min)
    }
    for name in names { #expect(written.contains(#""\#(name)":"\#(longest)""#)) }
    #expect(written.contains(#""error_message":"\#(message)""#))
    #expect(written.hasSuffix(#","origin":"\#(longest)"}"#))
  }

  @Test(arguments: Outcome.allCases)
  func `names every outcome`(outcome: Outcome) throws {
    let decoded = try event(
      #"{"instance_id":"i","tool_name":"t","outcome":"\#(outcome.rawValue)"}"#
    )
    #expect(decoded.line().contains(#","success":\#(outcome == .ok),"#))
    #expect(decoded.line().contains(#","outcome":"\#(outcome.rawValue)","#))
  }

  @Test(arguments: ToolKind.allCases)
  func `names every tool kind`(kind: ToolKind) throws {
    let decoded = try event(with: #""tool_kind":"\#(kind.rawValue)""#)
    #expect(decoded.line().contains(#","tool_kind":"\#(kind.rawValue)","#))
  }

  @Test(arguments: sampleLines)
  func `is read back as the same event`(sample: String) throws {
    let decoded = try event(sample)
    let again = try event(decoded.line())
    #expect(again.content == decoded.content)
    #expect(again.line() == decoded.line { $0.eventUID = .none }.replacing(uid: again.uid))
  }

  @Test(arguments: seeds)
  func `of generated events is read back as the same event`(seed: UInt64) throws {
    var generator = JSONGenerator(seed: seed)
    for _ in 0..<200 {
      let sample = generatedLine(&generator)
      let decoded = try event(sample)
      let again = try event(decoded.line())
      #expect(again.content == decoded.content, "\(sample)")
    }
  }

  private func generatedLine(_ generator: inout JSONGenerator) -> String {
    var members = [
      #""instance_id":"i\#(Int.random(in: 1...9, using: &generator.random))""#,
      #""tool_name":"t""#, #""outcome":"\#(generator.random.pick(Outcome.allCases).rawValue)""#,
      #""error_message":\#(generator.string())"#, #""metadata":\#(generator.value())"#,
      #""timestamp":\#(Int64.random(in: -62_167_219_200...253_402_300_799, using: &generator.random))"#,
      #""extra":\#(generator.object(depth: 3))"#, #""unknown":\#(generator.value(depth: 3))"#,
      #""duration_us":\#(Int64.random(in: 0...Int64.max, using: &generator.random))"#,
    ]
    members.shuffle(using: &generator.random)
    let spaced = members.map { generator.space() + $0 + generator.space() }
    return ("{" + spaced.joined(separator: ",") + "}").filter { !$0.isNewline }
  }
}

extension String {
  /// The line with the uid that an event without one gets when it is read from an archive.
  fileprivate func replacing(uid: String?) -> String {
    guard let uid else { return self }
    let parts = split(separator: #","instance_seq""#, maxSplits: 1)
    return parts.joined(separator: #","event_uid":"\#(uid)","instance_seq""#)
  }
}
