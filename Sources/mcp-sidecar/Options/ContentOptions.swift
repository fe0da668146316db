internal import ArgumentParser
public import MCPAdapters
internal import MCPIngest

extension CaptureLevel: ExpressibleByArgument {}

/// What is kept of what agents say, by every command that records them.
struct ContentOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Put on the run and on every instance it touches.", valueName: "key=value")
  )
  var label: [LabelArgument] = []

  @Option(
    help: ArgumentHelp(
      "What is replaced before anything is stored: secrets, none, path:…, pattern:…",
      discussion: "Else secrets, in agents' own formats only.",
      valueName: "what"
    ),
    transform: { try RedactionPolicy(parsing: $0) }
  )
  var redact: RedactionPolicy?

  @Option(help: "How much of a call's content is kept: names, args (64 KiB), or all.")
  var capture = CaptureLevel.args

  /// How lines are recorded, as far as these options say.
  var ingestOptions: IngestOptions {
    var options = IngestOptions()
    options.labels = Dictionary(label.map { ($0.key, $0.value) }) { $1 }
    options.capture = capture
    options.redaction = redact
    return options
  }
}
