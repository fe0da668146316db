internal import MCPEvents
internal import MCPStore

/// The first line of an archive: what it is, where it comes from, and what was asked for.
struct ArchiveHeader {
  /// The name of the format.
  static let format = "mcp-archive"
  /// The version of the format: archives of another may need a newer program.
  static let version = 1

  let request: ArchiveRequest
  let databaseID: String
  let schemaVersion: Int
  let head: EvidenceHead

  /// The line, without a line feed.
  var line: String {
    """
    {"kind":"archive","format":"\(Self.format)","version":\(Self.version),\
    "tool":"mcp-query","tool_version":\(JSONText.quoted(request.toolVersion)),\
    "database_id":\(JSONText.quoted(databaseID)),"schema_version":\(schemaVersion),\
    "filter":\(FilterText.json(request.filter)),"evidence":\(head.json),\
    "exported_at":"\(request.exportedAt)"}
    """
  }
}

/// A filter as a JSON object with the names of the flags.
enum FilterText {
  static func json(_ filter: RecordFilter) -> String {
    var members = JSONMembers()
    let (instances, events) = (filter.instances, filter.events)
    members.add("instance", instances.names)
    members.add("type", instances.types)
    members.add("status", instances.statuses)
    members.add("parent", instances.parents)
    members.add("descendants", instances.includesDescendants)
    members.add("issue", instances.issues)
    members.add("repo", instances.repositories)
    members.add("agent", instances.agents)
    members.add("host", instances.hosts)
    members.add("label", instances.labels.map { "\($0.key)=\($0.value)" })
    members.add("tool", events.tools)
    members.add("kind", events.kinds)
    members.add("server", events.servers)
    members.add("session", events.sessions)
    members.add("outcome", events.outcomes)
    members.add("failed", events.isFailed)
    members.add("succeeded", events.isSucceeded)
    members.add("grep", events.texts)
    members.add("since", filter.since)
    members.add("until", filter.until)
    members.add("all_versions", filter.includesSuperseded)
    return members.json
  }
}

/// The members of a JSON object; those that say nothing are left out.
private struct JSONMembers {
  private var members: [String] = []

  var json: String { "{" + members.joined(separator: ",") + "}" }

  mutating func add(_ key: String, _ words: [String]) {
    guard !words.isEmpty else { return }
    members.append("\"\(key)\":[\(words.map(JSONText.quoted).joined(separator: ","))]")
  }

  mutating func add(_ key: String, _ numbers: [Int64]) {
    guard !numbers.isEmpty else { return }
    members.append("\"\(key)\":[\(numbers.map { "\($0)" }.joined(separator: ","))]")
  }

  mutating func add(_ key: String, _ flag: Bool) {
    if flag { members.append("\"\(key)\":true") }
  }

  mutating func add(_ key: String, _ time: UnixTime?) {
    if let time { members.append("\"\(key)\":\"\(time)\"") }
  }
}
