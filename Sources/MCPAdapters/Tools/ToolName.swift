internal import MCPEvents

/// The name of a tool: as its agent says it, and taken apart.
struct ToolName: Hashable, Sendable {
  /// As the agent names it.
  let name: String
  /// The MCP server that the tool belongs to.
  var server: String?
  /// The tool's name on its server.
  var mcpTool: String?
  var kind: ToolKind

  init(_ name: String, server: String? = nil, mcpTool: String? = nil, kind: ToolKind? = nil) {
    self.name = name
    self.server = server
    self.mcpTool = mcpTool
    self.kind = kind ?? ToolKind(toolName: mcpTool ?? name, isForeign: mcpTool != nil)
  }

  /// A tool of an MCP server, named as Claude Code names it.
  static func mcp(server: String, tool: String) -> Self {
    Self("mcp__\(server)__\(tool)", server: server, mcpTool: tool)
  }

  /// Takes apart `mcp__<server>__<tool>`, whose parts may contain `__` as well.
  ///
  /// - Parameters:
  ///   - name: The tool's name; any other is one of the agent's own tools.
  ///   - servers: The names of the servers that are known.
  /// - Returns: The tool.
  static func doubleUnderscored(_ name: String, servers: [String] = []) -> Self {
    let prefix = "mcp__"
    guard name.hasPrefix(prefix) else { return Self(name) }
    let rest = name.dropFirst(prefix.count)
    let known = servers.filter { rest.hasPrefix($0 + "__") }.max { $0.count < $1.count }
    if let known {
      return Self(name, server: known, mcpTool: String(rest.dropFirst(known.count + 2)))
    }
    return split(name, rest, at: "__") ?? Self(name)
  }

  /// Takes apart `<server>__<tool>`.
  static func extensionTool(_ name: String) -> Self {
    split(name, name[...], at: "__") ?? Self(name)
  }

  /// Takes apart Gemini's `mcp_<server>_<tool>`, and the `<server>__<tool>` of older versions.
  static func gemini(_ name: String) -> Self {
    if name.hasPrefix("mcp__") { return doubleUnderscored(name) }
    guard name.hasPrefix("mcp_") else { return extensionTool(name) }
    return split(name, name.dropFirst(4), at: "_") ?? Self(name)
  }

  /// Takes apart opencode's `<server>_<tool>`, which few of its own tools look like.
  static func opencode(_ name: String) -> Self {
    ToolKind.isOwnTool(name) ? Self(name) : split(name, name[...], at: "_") ?? Self(name)
  }

  private static func split(_ name: String, _ text: Substring, at separator: String) -> Self? {
    let bytes = Array(text.utf8)
    let mark = Array(separator.utf8)
    guard bytes.count > mark.count + 1 else { return nil }
    for index in 1..<bytes.count - mark.count
    where bytes[index..<index + mark.count].elementsEqual(mark) {
      return Self(
        name,
        server: String(decoding: bytes[..<index], as: UTF8.self),
        mcpTool: String(decoding: bytes[(index + mark.count)...], as: UTF8.self)
      )
    }
    return nil
  }
}
