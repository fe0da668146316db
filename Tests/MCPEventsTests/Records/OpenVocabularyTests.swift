import MCPEvents
import Testing

@Suite struct `Open vocabularies` {
  @Test func `take the built-in words`() {
    #expect(InstanceType.builtIn.map(\.rawValue) == ["coding", "review", "planning"])
    #expect(
      InstanceStatus.builtIn.map(\.rawValue)
        == ["started", "waiting_review", "pr_created", "pr_merged", "pr_closed", "terminated"]
    )
    #expect(
      RelationshipType.builtIn.map(\.rawValue)
        == ["spawned_review", "created_fork", "planning_to_issue", "spawned_subagent"]
    )
    #expect(InstanceType.builtIn.filter { !$0.isValid }.isEmpty)
    #expect(InstanceStatus.builtIn.filter(\.isFinal) == [.prMerged, .prClosed, .terminated])
  }

  @Test(arguments: [
    "acme.merge_fix", "a.b", "A-1.b_2.c", String(repeating: "a", count: 126) + ".b",
  ])
  func `take a user's own words, which have a dot`(word: String) {
    #expect(InstanceType(rawValue: word).isValid)
    #expect(InstanceStatus(rawValue: word).isValid)
    #expect(RelationshipType(rawValue: word).isValid)
    #expect(InstanceStatus(rawValue: word).isFinal == false)
  }

  @Test(arguments: [
    "", ".", "a.", ".a", "a..b", "a. b", "a.é", "coding ", "Coding", "a.\0",
    String(repeating: "a", count: 127) + ".b",
  ])
  func `take no other words`(word: String) {
    #expect(!InstanceType(rawValue: word).isValid)
  }

  @Test(arguments: [
    ("startd", "started"), ("waiting-review", "waiting_review"), ("pr_merge", "pr_merged"),
    ("TERMINATED", nil), ("termnated", "terminated"), ("x", nil), ("", nil),
    ("completely else", nil),
    (String(repeating: "started", count: 50), nil),
  ])
  func `suggest the word that was probably meant`(word: String, expected: String?) {
    #expect(InstanceStatus(rawValue: word).suggestion?.rawValue == expected)
  }

  @Test(arguments: [
    ("", "", 0), ("a", "", 1), ("", "ab", 2), ("kitten", "sitting", 3), ("abc", "abc", 0),
    ("review", "preview", 1), ("coding", "codign", 2),
  ])
  func `measure the distance of words`(first: String, second: String, expected: Int) {
    #expect(OpenWord.distance(first, second) == expected)
    #expect(OpenWord.distance(second, first) == expected)
  }

  @Test func `name the remedy in a rejection`() throws {
    let wrong = rejection(try patch(#"{"kind":"instance","id":"i","type":"codng"}"#))
    #expect(
      wrong?.message
        == #"'type' cannot be "codng": did you mean 'coding'? (own words contain a dot)"#
    )
    let unknown = rejection(try patch(#"{"kind":"instance","id":"i","type":"a\nb\u0000"}"#))
    #expect(
      unknown?.message
        == #"'type' cannot be "a\nb\u0000": known are coding, review, planning (own words contain a dot)"#
    )
  }
}
