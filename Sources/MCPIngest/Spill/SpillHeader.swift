internal import MCPAdapters
internal import MCPEvents
internal import MCPStore

/// The first line of a spill file: how its lines are to be recorded.
struct SpillHeader: Sendable {
  /// Tells this file from all others.
  var identifier = String(UInt64.random(in: .min ... .max), radix: 16)
  /// What the lines were read from.
  var source: String
  /// The instance of lines that name none.
  var instance: String?
  /// What the user calls the server of an MCP stream.
  var serverName: String?
  var labels: [String: String] = [:]
  var takesEveryLine = false
  /// Whether the lines come as they are written, so that the time between them says something.
  var isLive = false
  var refusesUnknownInstances = false
  /// The format of agents' lines; `nil` finds it out line by line.
  var format: StreamFormat?
  var capture = CaptureLevel.args
  var namesByContent = false

  init(source: String) {
    self.source = source
  }

  /// Says how the lines of an input are recorded.
  init(_ input: Ingester.Input, _ options: IngestOptions) {
    self.init(source: input.name)
    instance = options.instance
    serverName = options.serverName
    labels = options.labels
    takesEveryLine = options.takesEveryLine
    isLive = input.isPipe
    refusesUnknownInstances = options.unknownInstances == .reject
    format = options.format
    capture = options.capture
    namesByContent = options.namesByContent
  }

  /// The options of a run, with those that the lines are to be recorded with.
  func options(_ options: IngestOptions) -> IngestOptions {
    var options = options
    options.labels = labels
    options.unknownInstances = refusesUnknownInstances ? .reject : .create
    options.format = format
    options.capture = capture
    options.namesByContent = namesByContent
    return options
  }

  /// The line, without its line feed.
  var line: String {
    var members = [
      "\"spill\":1", "\"id\":" + JSONText.quoted(identifier),
      "\"source\":" + JSONText.quoted(source),
      "\"every_line\":\(takesEveryLine)", "\"refuse_unknown\":\(refusesUnknownInstances)",
      "\"capture\":\"\(capture.rawValue)\"", "\"names_by_content\":\(namesByContent)",
    ]
    if let format { members.append("\"format\":\"\(format.rawValue)\"") }
    if let serverName { members.append("\"server\":" + JSONText.quoted(serverName)) }
    if let instance { members.append("\"instance\":" + JSONText.quoted(instance)) }
    let labels = labels.sorted { $0.key < $1.key }
      .map { JSONText.quoted($0) + ":" + JSONText.quoted($1) }
    members.append("\"labels\":{" + labels.joined(separator: ",") + "}")
    return "{" + members.joined(separator: ",") + "}"
  }

  /// Reads the line.
  init?(_ line: Span<UInt8>) {
    guard let root = try? JSONDocument(line).root, root["spill"]?.integer == 1,
      let identifier = root["id"]?.string, let source = root["source"]?.string
    else { return nil }
    self.init(source: source)
    self.identifier = identifier
    instance = root["instance"]?.string
    serverName = root["server"]?.string
    takesEveryLine = root["every_line"]?.bool ?? false
    refusesUnknownInstances = root["refuse_unknown"]?.bool ?? false
    format = root["format"]?.string.flatMap(StreamFormat.init)
    capture = root["capture"]?.string.flatMap(CaptureLevel.init) ?? .args
    namesByContent = root["names_by_content"]?.bool ?? false
    for (key, value) in root["labels"]?.entries ?? [] { labels[key] = value.string }
  }
}
