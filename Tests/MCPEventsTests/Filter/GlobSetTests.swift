import MCPEvents
import Testing

@Suite struct `Glob set` {
  @Test(
    arguments: [
      ([], "x", true), (["x"], "x", true), (["x"], "y", false), (["x", "y"], "y", true),
      (["!x"], "x", false), (["!x"], "y", true), (["!x", "!y"], "y", false),
      (["*", "!x"], "x", false),
      (["*", "!x"], "y", true), (["!x", "x"], "x", false), (["a*", "!*z"], "abz", false),
      (["a*", "!*z"], "aby", true), (["a*", "!*z"], "b", false), (["\\!x"], "!x", true),
      (["!!x"], "!x", false),
      (["!"], "", false), (["!"], "x", true), ([""], "", true),
    ] as [([String], String, Bool)]
  )
  func `takes one of the included and none of the excluded`(
    values: [String],
    text: String,
    expected: Bool
  ) {
    #expect(GlobSet(values).matches(text) == expected)
  }

  @Test(
    arguments: [([], true), (["x"], false), (["!x"], true), (["*", "!x"], false)]
      as [([String], Bool)]
  )
  func `takes what is absent when nothing must be there`(values: [String], expected: Bool) {
    #expect(GlobSet(values).matchesAbsent == expected)
    #expect(GlobSet(values).matches(nil) == expected)
    #expect(GlobSet(values).isEmpty == values.isEmpty)
  }
}
