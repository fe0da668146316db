internal import ArgumentParser
internal import MCPEvents
internal import MCPStore

/// Which records are meant: the same flags for every command that selects.
struct FilterOptions: ParsableArguments {
  @Option(
    help: "An instance: its id, 4 or more characters that only it begins with, its name, or a glob."
  )
  var instance: [String] = []

  @Option(
    help: ArgumentHelp(
      "What an instance is for: coding, review, planning, or your own.",
      valueName: "glob"
    )
  )
  var type: [String] = []

  @Option(
    help: ArgumentHelp(
      "Where an instance stands: started, waiting_review, pr_created, pr_merged, pr_closed, "
        + "terminated, or your own.",
      valueName: "glob"
    )
  )
  var status: [String] = []

  @Option(help: ArgumentHelp("Instances that this one started.", valueName: "instance"))
  var parent: [String] = []

  @Flag(help: "With --instance: and all below it. With --parent: on every level.")
  var descendants = false

  @Option(help: ArgumentHelp("The issue that an instance works on.", valueName: "number"))
  var issue: [Int64] = []

  @Option(help: ArgumentHelp("The repository, as owner/name.", valueName: "glob"))
  var repo: [String] = []

  @Option(help: ArgumentHelp("The agent, such as claude or codex.", valueName: "glob"))
  var agent: [String] = []

  @Option(help: ArgumentHelp("The machine.", valueName: "glob"))
  var host: [String] = []

  @Option(help: ArgumentHelp("A label.", valueName: "key=glob"))
  var label: [LabelPattern] = []

  @Option(help: ArgumentHelp("The tool of an event.", valueName: "glob"))
  var tool: [String] = []

  @Option(
    help: ArgumentHelp(
      "What the tool does: read, edit, delete, move, search, execute, fetch, think, other.",
      valueName: "glob"
    )
  )
  var kind: [String] = []

  @Option(help: ArgumentHelp("The MCP server of an event.", valueName: "glob"))
  var server: [String] = []

  @Option(help: ArgumentHelp("The agent's own session.", valueName: "glob"))
  var session: [String] = []

  @Option(
    help: ArgumentHelp(
      "How an event ended: ok, error, denied, cancelled, timeout, incomplete, input_required, "
        + "unknown.",
      valueName: "glob"
    )
  )
  var outcome: [String] = []

  @Flag(help: "Events that ended with error, denied or timeout.")
  var failed = false

  @Flag(help: "Events that ended with ok.")
  var succeeded = false

  @Option(
    help: ArgumentHelp(
      "A text in the tool, the error, the metadata or unknown keys.",
      valueName: "text"
    )
  )
  var grep: [String] = []

  @Option(
    help: ArgumentHelp(
      "The start: 2h, 7d, today, 2026-11-22, 2026-11, RFC 3339, @unix.",
      discussion: "Of events their time, of instances their creation.",
      valueName: "time"
    ),
    transform: TimeSpec.init
  )
  var since: TimeSpec?

  @Option(
    help: ArgumentHelp("The end, of a day or month its last moment.", valueName: "time"),
    transform: TimeSpec.init
  )
  var until: TimeSpec?

  @Flag(help: "Also the records that a better one of the same call replaced.")
  var allVersions = false

  mutating func validate() throws {
    try Vocabulary.check(type, "--type") { InstanceType(rawValue: $0) }
    try Vocabulary.check(status, "--status") { InstanceStatus(rawValue: $0) }
    try Vocabulary.check(outcome, "--outcome", among: Outcome.allCases.map(\.rawValue))
    try Vocabulary.check(kind, "--kind", among: ToolKind.allCases.map(\.rawValue))
    if failed, succeeded { throw ValidationError("--failed and --succeeded exclude each other") }
    if descendants, instance.isEmpty, parent.isEmpty {
      throw ValidationError("--descendants needs --instance or --parent: whose are meant?")
    }
    if grep.contains("") { throw ValidationError("--grep needs a text") }
  }
}

extension FilterOptions {
  /// The filter, its times made absolute.
  ///
  /// - Parameter zone: The clock that dates are of.
  /// - Returns: The filter.
  /// - Throws: A `ValidationError` for an interval without a moment in it.
  func filter(_ zone: TimeZoneOptions) throws -> RecordFilter {
    var filter = RecordFilter()
    filter.instances.names = instance
    filter.instances.types = type
    filter.instances.statuses = status
    filter.instances.parents = parent
    filter.instances.includesDescendants = descendants
    filter.instances.issues = issue
    filter.instances.repositories = repo
    filter.instances.agents = agent
    filter.instances.hosts = host
    filter.instances.labels = label.map { LabelCondition(key: $0.key, value: $0.value) }
    filter.events.tools = tool
    filter.events.kinds = kind
    filter.events.servers = server
    filter.events.sessions = session
    filter.events.outcomes = outcome
    filter.events.isFailed = failed
    filter.events.isSucceeded = succeeded
    filter.events.texts = grep
    filter.includesSuperseded = allVersions
    filter.period(since, until, zone)
    if let since = filter.since, let until = filter.until, since > until {
      throw ValidationError("--since \(since) is after --until \(until)")
    }
    return filter
  }
}

/// A label on the command line: `key=glob`, or `!key=glob` for those that have not this value.
struct LabelPattern: ExpressibleByArgument {
  let key: String
  let value: String

  init?(argument: String) {
    let isExcluded = argument.hasPrefix("!")
    let text = isExcluded ? argument.dropFirst() : argument[...]
    guard let sign = text.firstIndex(of: "="), sign > text.startIndex else { return nil }
    key = String(text[..<sign])
    value = (isExcluded ? "!" : "") + text[text.index(after: sign)...]
  }
}
