// The tools that agents bring with them.
extension Tool {
  static let readFile = Self(
    "read_file",
    kind: "read",
    takes: 300...60_000,
    arguments: #""path":"\#(.file)","offset":\#(.number),"limit":200"#,
    failures: [
      "ENOENT: no such file or directory, open '\(.file)'",
      "\(.file) has 1\(.digit).2 MB, more than the limit of 256 KB; read it in parts",
      "Soubor \(.file) nelze přečíst: přístup odepřen",
    ]
  )

  static let editFile = Self(
    "edit_file",
    kind: "edit",
    takes: 1_000...250_000,
    arguments: #"""
      "path":"\#(.file)","edits":[{"symbol":"\#(.symbol)","added":\#(.number),"removed":\#(.digit)}]
      """#,
    failures: [
      #"old_string was found 2 times in \#(.file); make it unique:\n\#(.phrase)"#,
      "\(.file) was changed since it was read; read it again",
      #"old_string was not found in \#(.file)"#,
    ]
  )

  static let writeFile = Self(
    "write_file",
    kind: "edit",
    takes: 1_000...90_000,
    arguments: #""path":"\#(.file)","bytes":\#(.number),"encoding":"utf-8""#,
    failures: ["EACCES: permission denied, open '\(.file)'", "ENOSPC: no space left on device"]
  )

  static let moveFile = Self(
    "move_file",
    kind: "move",
    takes: 500...20_000,
    arguments: #""path":"\#(.file)","to":"src/legacy/\#(.symbol).ts""#,
    failures: ["EEXIST: src/legacy/\(.symbol).ts exists already"]
  )

  static let deleteFile = Self(
    "delete_file",
    kind: "delete",
    takes: 500...9_000,
    arguments: #""path":"\#(.file)""#,
    failures: ["ENOENT: no such file or directory, unlink '\(.file)'"]
  )

  static let bash = Self(
    "bash",
    kind: "execute",
    takes: 4_000...90_000_000,
    commits: true,
    arguments: #""command":"\#(.command)","cwd":"/work/webshop","timeout_s":120"#,
    failures: [
      #"exit status 1\nbash: line 1: pnpm: command not found"#,
      #"exit status 128\nfatal: not a git repository (or any of the parent directories): .git"#,
      #"""
      exit status 2\n\#(.file):\#(.number):\#(.digit): error TS2345: Argument of type 'string' \#
      is not assignable to parameter of type 'number'.
      """#,
    ]
  )

  static let runTests = Self(
    "run_tests",
    kind: "execute",
    takes: 900_000...240_000_000,
    arguments: #""command":"pnpm test","filter":"\#(.symbol)","workers":4"#,
    failures: [
      #"""
      \#(.digit) of 214 tests failed\n  ✗ \#(.symbol) rounds half to even \#
      (\#(.file):\#(.number))\n    expected: 19.99\n    received: 20.0\#(.digit)
      """#,
      #"测试失败：\#(.symbol) 期望 3，实际 \#(.digit) (\#(.file):\#(.number))"#,
      #"Jest worker ran out of memory and crashed 💥"#,
    ]
  )

  static let grep = Self(
    "grep",
    kind: "search",
    takes: 3_000...4_000_000,
    arguments: #"""
      "pattern":"\#(.symbol)\\s*\\(","path":"\#(.file)","options":{"context":\#(.digit)}
      """#,
    failures: [#"regex parse error: unclosed group\n    (\#(.symbol)\n    ^"#]
  )

  static let webFetch = Self(
    "web_fetch",
    kind: "fetch",
    takes: 80_000...20_000_000,
    arguments: #""url":"https://docs.example.com/\#(.symbol)?page=\#(.digit)""#,
    failures: [
      "HTTP 503 Service Unavailable from docs.example.com",
      "getaddrinfo ENOTFOUND docs.example.com",
    ]
  )

  static let think = Self(
    "think",
    kind: "think",
    takes: 200_000...30_000_000,
    arguments: #""about":"\#(.symbol)","budget_tokens":\#(.number)"#,
    failures: ["The thinking budget of \(.number) tokens is used up"]
  )
}
