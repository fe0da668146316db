import MCPAdapters
import Testing

@Suite struct `Redaction policies` {
  @Test func `read the built-in rules`() throws {
    #expect(try RedactionPolicy(parsing: "secrets") == .secrets)
    #expect(try RedactionPolicy(parsing: "none") == .none)
    #expect(try RedactionPolicy(parsing: "secrets").findsSecrets)
  }

  @Test(arguments: [
    ("pattern:acme_[A-Za-z0-9]{8}", "an acme_Ab12Cd34!", "an ¤!"),
    ("pattern:acme_[A-Za-z0-9]{2,4}", "acme_Ab12Cd34", "¤Cd34"),
    ("pattern:tkt-[0-9]{3,}", "(tkt-1234567)", "(¤)"),
    ("pattern:tkt-[^0-9]{3}", "tkt-abcd tkt-123", "¤d tkt-123"),
    ("pattern:acme:*", "x acme:a/b=c.d, y", "x ¤, y"),
    ("pattern:job-??-end", "job-a1-end", "¤"),
    ("pattern:[0-9]{4}-acme", "id 20264711-acme", "id 2026¤"),
    (#"pattern:a\[b\]c"#, "xa[b]cx", "x¤x"),
    (#"pattern:ab\,c,pattern:xyz{2}"#, "ab,c and xyzz", "¤ and ¤"),
    ("pattern:k[a-c]{1,2}yz[,;]", "kabyz, kay;", "¤ kay;"),
    ("pattern:acme/[a-z]{3}", #"{"u":"acme\/abc"}"#, #"{"u":"¤"}"#),
  ])
  func `find the user's own shapes`(policy: String, line: String, expected: String) throws {
    #expect(redacted(line, try RedactionPolicy(parsing: policy)).line.withoutMarkKinds == expected)
  }

  @Test func `combine with the built-in rules`() throws {
    let policy = try RedactionPolicy(parsing: "secrets,pattern:acme_[a-z]{4},path:env.HOME")

    let (line, hits) = redacted(
      #"{"env":{"HOME":"/root","A":"acme_abcd"},"db":"redis://:k3y.Value@c/0"}"#,
      policy
    )

    #expect(hits == 3)
    #expect(
      line == #"{"env":{"HOME":"[REDACTED:path]","A":"[REDACTED:pattern]"},"#
        + #""db":"redis://:[REDACTED:password]@c/0"}"#
    )
  }

  @Test(arguments: [
    ("", RedactionPolicyError.Code.unknownItem), ("secret", .unknownItem),
    ("secrets,", .unknownItem), ("secrets,none", .contradiction), ("pattern:", .tooVague),
    ("pattern:ab", .tooVague), ("pattern:[A-Z]{20}", .tooVague), ("pattern:a*b*c*", .tooVague),
    ("pattern:abc[", .badPattern), ("pattern:abc[]", .badPattern), ("pattern:abc]", .badPattern),
    ("pattern:abc{2", .badPattern), ("pattern:abc{0}", .badPattern),
    ("pattern:abc{3,2}", .badPattern), ("pattern:abc{x}", .badPattern),
    ("pattern:abc{99999}", .badPattern), ("pattern:abc[z-a]", .badPattern),
    ("pattern:abc\\", .badPattern), ("pattern:abc\"", .badPattern), ("pattern:äbc", .badPattern),
    ("path:", .badPath), ("path:a..b", .badPath), ("path:.a", .badPath), ("path:*", .badPath),
  ])
  func `say what is wrong`(argument: String, code: RedactionPolicyError.Code) {
    let error = #expect(throws: RedactionPolicyError.self) {
      try RedactionPolicy(parsing: argument)
    }

    #expect(error?.code == code)
  }
}
