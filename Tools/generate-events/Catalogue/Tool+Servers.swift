// The tools that MCP servers offer.
extension Tool {
  static let getIssue = Self(
    "mcp__github__get_issue",
    kind: "fetch",
    server: "github",
    takes: 90_000...6_000_000,
    arguments: #""owner":"acme","repo":"webshop","issue_number":\#(.number)"#,
    failures: [
      "MCP error -32603: 404 Not Found: issue \(.number) of acme/webshop",
      "MCP error -32000: API rate limit exceeded, resets in \(.number) s",
    ]
  )

  static let createReview = Self(
    "mcp__github__create_pull_request_review",
    kind: "other",
    server: "github",
    takes: 150_000...8_000_000,
    arguments: #"""
      "pull_number":\#(.number),"event":"COMMENT","comments":[{"path":"\#(.file)","line":\#(.number)}]
      """#,
    failures: ["MCP error -32603: 422 line \(.number) is not part of the diff of \(.file)"]
  )

  static let updateIssue = Self(
    "mcp__linear__update_issue",
    kind: "edit",
    server: "linear",
    takes: 120_000...5_000_000,
    arguments: #""id":"SHOP-\#(.number)","state":"In Review","labels":["agent","P\#(.digit)"]"#,
    failures: ["MCP error -32602: SHOP-\(.number) has no state 'In Review'"]
  )

  static let queryDatabase = Self(
    "mcp__postgres__query",
    kind: "read",
    server: "postgres",
    takes: 2_000...30_000_000,
    arguments: #""sql":"SELECT count(*) FROM orders WHERE tax_rate > \#(.digit)","params":[]"#,
    failures: [
      #"MCP error -32603: relation \"orders_old\" does not exist at character \#(.number)"#,
      "MCP error -32603: deadlock detected while waiting for transaction \(.number)",
    ]
  )

  static let searchWeb = Self(
    "mcp__brave__search",
    kind: "search",
    server: "brave",
    takes: 200_000...9_000_000,
    arguments: #""query":"\#(.symbol) rounding rules","count":\#(.digit),"country":"CZ""#,
    failures: ["MCP error -32001: request timed out upstream"]
  )
}
