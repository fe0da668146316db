import Foundation
import Testing

@testable import mcp_sidecar

@Suite struct `Editing settings` {
  private static let entries = SettingsEdit.Entries(
    hook: HookLine(program: "/opt/it's/mcp-sidecar", database: nil),
    tap: ServerSettings.Tap(program: "/opt/it's/mcp-sidecar", database: "/d b"),
    tapped: .all
  )
  private static let edit = SettingsEdit(dialect: .claude)

  /// Settings as people write them.
  static let texts = [
    "{}", "", "\n", "{ }\n", "{\n}\n", #"{"a":1}"#, #"{"a": 1, "b": [1, 2]}"#,
    "{\n\t\"a\": {\n\t\t\"b\": []\n\t}\n}\n", "{\r\n    \"a\": 1\r\n}\r\n",
    #"{"hooks":{}}"#, #"{ "hooks": { "Stop": [ ] } }"#,
    "{\n  \"hooks\": {\n    \"Stop\": [\n    ],\n    \"Other\": [{\"hooks\": []}]\n  },\n  \"z\": 0\n}",
    #"{"hooks":{"PreToolUse":[{"matcher":"Bash","hooks":[{"type":"command","command":"true"}]}]}}"#,
    #"{"mcpServers": {"a": {"command": "a"}, "b": {"command": "b", "args": []}}}"#,
    "{\n  \"mcpServers\": {\n    \"a\": {\n      \"command\": \"a\",\n      \"args\": [\n"
      + "        \"-y\",\n        \"x\"\n      ]\n    }\n  }\n}\n",
    #"{"projects": {"/src": {"mcpServers": {"p": {"args": ["1"], "command": "a", "env": {}}}}}}"#,
    "{\"é\\u0041\": \"\\\\ \\\" { [\"\n,\"b\"\n:\n{\n}\n}",
  ]

  private func json(_ bytes: [UInt8]?) throws -> [String: Any] {
    let text = bytes.flatMap { $0.allSatisfy { $0 == 0x0A } ? nil : $0 } ?? Array("{}".utf8)
    return try #require(try JSONSerialization.jsonObject(with: Data(text)) as? [String: Any])
  }

  @Test(arguments: texts)
  func `restores a file to the byte`(text: String) throws {
    let before = Array(text.utf8)
    let installed = try #require(try Self.edit.install(Self.entries, into: before).bytes)
    #expect(installed != before && SettingsEdit.isInstalled(in: installed))
    #expect(try Self.edit.uninstall(from: installed, backup: before).bytes == before)
  }

  @Test(arguments: texts)
  func `takes only its own out of a file that others have changed`(text: String) throws {
    let before = Array(text.utf8)
    let installed = try #require(try Self.edit.install(Self.entries, into: before).bytes)
    var changed = try JSONSource(installed)
    changed.append(.string("theirs"), named: "new", to: changed.root)
    let after = try Self.edit.uninstall(from: changed.bytes, backup: before).bytes
    var expected = try json(before)
    expected["new"] = "theirs"
    let left = Self.withoutEmpty(try json(after)) as? NSObject
    #expect(left == Self.withoutEmpty(expected) as? NSObject)
  }

  /// What is left of an empty list that setup has filled is nothing.
  private static func withoutEmpty(_ value: Any) -> Any {
    if let object = value as? [String: Any] {
      return NSDictionary(dictionary: object.mapValues(withoutEmpty).filter { !isEmpty($0.value) })
    }
    guard let list = value as? [Any] else { return value }
    return NSArray(array: list.map(withoutEmpty).filter { !isEmpty($0) })
  }

  private static func isEmpty(_ value: Any) -> Bool {
    (value as? NSDictionary)?.count == 0 || (value as? NSArray)?.count == 0
  }

  @Test(arguments: texts)
  func `adds a group to every event, behind those that are there`(text: String) throws {
    let before = try json(Array(text.utf8))
    let bytes = try Self.edit.install(Self.entries, into: Array(text.utf8)).bytes
    let hooks = try #require(try json(bytes)["hooks"] as? [String: [NSDictionary]])
    let old = before["hooks"] as? [String: [NSDictionary]] ?? [:]
    for event in HookDialect.claude.events {
      let groups = hooks[event] ?? []
      #expect(groups.count == (old[event]?.count ?? 0) + 1)
      #expect(Array(groups.dropLast()) == old[event] ?? [])
      let hook = (groups.last?["hooks"] as? [NSDictionary])?.first
      #expect(hook?["command"] as? String == Self.entries.hook.text)
    }
  }

  @Test(arguments: texts)
  func `changes nothing the second time`(text: String) throws {
    let once = try Self.edit.install(Self.entries, into: Array(text.utf8))
    let twice = try Self.edit.install(Self.entries, into: once.bytes)
    #expect(twice.bytes == once.bytes && twice.changes.isEmpty)
  }

  @Test func `puts the tap before a server's command and its arguments`() throws {
    let text = #"{"mcpServers":{"a b":{"command":"npx","args":["-y"],"env":{"K":"v"}}}}"#
    let bytes = try SettingsEdit(dialect: nil).install(Self.entries, into: Array(text.utf8)).bytes
    #expect(
      String(decoding: bytes ?? [], as: UTF8.self)
        == #"{"mcpServers":{"a b":{"command":"/opt/it's/mcp-sidecar","args":["tap","--name=a b","#
        + #""--db=/d b","--","npx","-y"],"env":{"K":"v"}}}}"#
    )
  }

  @Test(arguments: [
    #"{"mcpServers":{"a":{"type":"http","url":"https://example.com"}}}"#,
    #"{"mcpServers":{"a":{"command":"mcp-sidecar","args":["tap","--","srv"]}}}"#,
    #"{"mcpServers":{"a":{"command":"srv","args":"-x"}}}"#,
    #"{"mcpServers":{"a":{"command":"srv","args":[1]}}}"#, #"{"mcpServers":[]}"#,
  ])
  func `leaves servers alone that it cannot or need not tap`(text: String) throws {
    let edit = SettingsEdit(dialect: nil)
    #expect(try edit.install(Self.entries, into: Array(text.utf8)).bytes == Array(text.utf8))
  }

  @Test func `takes its command out from between those of others`() throws {
    let group = { (command: String) in
      #"{"hooks": [{"command": "1"}, {"command": \#(command)}, {"command": "2"}]}"#
    }
    let text = { (groups: String) in #"{"hooks": {"Stop": [\#(groups)]}}"# }
    let command = String(
      decoding: try JSONEncoder().encode(Self.entries.hook.text),
      as: UTF8.self
    ).replacing(#"\/"#, with: "/")
    let result = try Self.edit.uninstall(from: Array(text(group(command)).utf8), backup: nil)
    let expected = text(#"{"hooks": [{"command": "1"}, {"command": "2"}]}"#)
    #expect(result.bytes == Array(expected.utf8))
  }

  @Test func `knows its own commands only`() {
    #expect(HookLine.isInstalled(Self.entries.hook.text))
    #expect(HookLine.isInstalled(HookLine(program: "/a b", database: "/c'd").text))
    #expect(!HookLine.isInstalled("mcp-sidecar hook"))
    #expect(!HookLine.isInstalled("[ ! -x '/a' ] || '/b' hook"))
    #expect(!HookLine.isInstalled("[ ! -x '/a' ] || '/a' lint"))
  }
}
