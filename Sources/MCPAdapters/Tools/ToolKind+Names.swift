internal import MCPEvents

extension ToolKind {
  /// What the tool called `toolName` does.
  ///
  /// - Parameters:
  ///   - toolName: The name, without its server.
  ///   - isForeign: Whether the tool belongs to an MCP server, so that only its name tells.
  init(toolName: String, isForeign: Bool) {
    let words = Self.words(of: toolName)
    let plain = words.joined()
    if let kind = Self.known[plain] {
      self = kind
    } else {
      self = Self.guess(words, isForeign: isForeign)
    }
  }

  /// Whether agents have a tool of their own called `name`.
  static func isOwnTool(_ name: String) -> Bool { known[words(of: name).joined()] != nil }

  /// The lower-case words of `readFile`, `read_file`, `read-file` or `ReadFile`.
  private static func words(of name: String) -> [String] {
    var words: [[UInt8]] = [[]]
    var wasLower = false
    for byte in name.utf8.prefix(256) {
      let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
      if !byte.isLetterOrDigit {
        words.append([])
      } else {
        if isUpper, wasLower { words.append([]) }
        words[words.count - 1].append(isUpper ? byte | 0x20 : byte)
      }
      wasLower = byte.isLetterOrDigit && !isUpper
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// The tools of the agents themselves.
  private static let known: [String: ToolKind] = [
    "read": .read, "readfile": .read, "readmanyfiles": .read, "notebookread": .read,
    "view": .read, "viewimage": .read, "imageview": .read, "cat": .read, "bashoutput": .read,
    "taskoutput": .read, "readmcpresource": .read, "listmcpresources": .search,
    "readmcpresourcetool": .read, "listmcpresourcestool": .search, "readlints": .read,
    "write": .edit, "edit": .edit, "multiedit": .edit, "notebookedit": .edit, "create": .edit,
    "writefile": .edit, "replace": .edit, "strreplace": .edit, "strreplaceeditor": .edit,
    "texteditor": .edit, "applypatch": .edit, "patch": .edit, "filechange": .edit,
    "insert": .edit, "delete": .delete, "move": .move, "rename": .move,
    "glob": .search, "grep": .search, "ls": .search, "list": .search, "lsp": .search,
    "toolsearch": .search, "searchfilecontent": .search, "grepsearch": .search,
    "listdirectory": .search, "codesearch": .search, "semsearch": .search, "find": .search,
    "getmcptools": .search, "rg": .search,
    "bash": .execute, "shell": .execute, "localshell": .execute, "shellcommand": .execute,
    "commandexecution": .execute, "execcommand": .execute, "exec": .execute,
    "unifiedexec": .execute, "writestdin": .execute, "writebash": .execute, "stopbash": .execute,
    "killshell": .execute, "killbash": .execute, "runshellcommand": .execute,
    "runterminalcmd": .execute, "powershell": .execute, "readbash": .read, "monitor": .execute,
    "webfetch": .fetch, "websearch": .fetch, "googlewebsearch": .fetch, "fetch": .fetch,
    "task": .think, "agent": .think, "todowrite": .think, "todoread": .think, "todo": .think,
    "updateplan": .think, "plan": .think, "exitplanmode": .think, "enterplanmode": .think,
    "planexit": .think, "planenter": .think,
    "writetodos": .think, "savememory": .think, "updatetodos": .think, "skill": .think,
    "spawnagent": .think, "sendinput": .think, "wait": .think, "closeagent": .think,
    "resumeagent": .think, "taskcreate": .think, "taskget": .think, "tasklist": .think,
    "taskupdate": .think, "taskstop": .think, "sequentialthinking": .think, "think": .think,
    "reportintent": .think, "sleep": .other, "askuserquestion": .other,
  ]

  /// The first word that says something.
  private static func guess(_ words: [String], isForeign: Bool) -> ToolKind {
    for word in isForeign ? words[...] : words.prefix(1) {
      if let kind = verbs[word] { return kind }
    }
    return .other
  }

  private static let verbs: [String: ToolKind] = [
    "read": .read, "get": .read, "view": .read, "show": .read, "describe": .read, "open": .read,
    "download": .fetch, "fetch": .fetch, "browse": .fetch, "navigate": .fetch, "crawl": .fetch,
    "scrape": .fetch, "http": .fetch, "list": .search, "search": .search, "find": .search,
    "query": .search, "grep": .search, "glob": .search, "lookup": .search,
    "write": .edit, "edit": .edit, "update": .edit, "create": .edit, "add": .edit, "set": .edit,
    "insert": .edit, "append": .edit, "replace": .edit, "patch": .edit, "put": .edit,
    "upsert": .edit, "push": .edit, "merge": .edit, "apply": .edit, "delete": .delete,
    "remove": .delete, "drop": .delete, "move": .move, "rename": .move, "run": .execute,
    "exec": .execute, "execute": .execute, "shell": .execute, "bash": .execute,
    "command": .execute, "terminal": .execute, "think": .think, "plan": .think,
    "spawn": .think,
  ]
}
