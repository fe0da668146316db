public import ArgumentParser
internal import MCPAdapters
internal import MCPCommandLine
public import MCPIngest
public import MCPStore
internal import MCPSystem

extension Durability: ExpressibleByArgument {}
extension NoisePolicy: ExpressibleByArgument {}
extension UnknownInstancePolicy: ExpressibleByArgument {}

/// How lines are recorded.
struct RecordingOptions: ParsableArguments {
  enum Dedupe: String, CaseIterable, ExpressibleByArgument {
    case none, content
  }

  @Option(help: ArgumentHelp("The instance of lines that name none.", valueName: "id"))
  var instance: String?

  @OptionGroup var content: ContentOptions

  @Flag(help: "Copy standard input to standard output, byte for byte, at once.")
  var tee = false

  @Option(
    help: ArgumentHelp(
      "The format of every line; auto finds it out line by line.",
      valueName: "name"
    )
  )
  var format = FormatArgument.auto

  @Option(help: "Lines that are no JSON objects: reject keeps them aside, ignore counts them.")
  var noise = NoisePolicy.reject

  @Option(help: ArgumentHelp("How many lines fill a transaction.", valueName: "n"))
  var batchSize = 1000

  @Option(help: ArgumentHelp("How long a line waits at most.", valueName: "time"))
  var flushInterval = DurationArgument(milliseconds: 100)

  @Option(help: "When a commit counts: on disk (full, the default), or in the kernel (normal).")
  var durability: Durability?

  enum Evidence: String, CaseIterable, ExpressibleByArgument {
    case on, off
  }

  @Option(help: ArgumentHelp("For benchmarks: off leaves events unsealed.", visibility: .hidden))
  var evidence = Evidence.on

  @Option(help: "What becomes of events whose instance is not known.")
  var unknownInstance = UnknownInstancePolicy.create

  @Option(help: ArgumentHelp("The longest line that is parsed.", valueName: "bytes"))
  var maxLineBytes = 16 << 20

  @Option(help: "Whether equal events that state their own time count once.")
  var dedupe = Dedupe.none

  @Flag(help: "End with 65 if lines were rejected, after everything good was stored.")
  var strict = false

  @Flag(help: "Stop the agent when it cannot be recorded, instead of keeping lines in files.")
  var mustRecord = false

  @Flag(help: "Read files from their beginning, even if they were read before.")
  var again = false

  @Option(help: ArgumentHelp("How long a pipe is read on after a signal.", valueName: "time"))
  var drain = DurationArgument(milliseconds: 5000)

  @Option(
    help: ArgumentHelp(
      "Write one JSON line after each durable commit to this descriptor.",
      valueName: "number"
    )
  )
  var ackFd: Int32?

  mutating func validate() throws {
    guard (1...1_000_000).contains(batchSize) else {
      throw ValidationError("--batch-size must be from 1 to 1000000")
    }
    guard (1...(1 << 30)).contains(maxLineBytes) else {
      throw ValidationError("--max-line-bytes must be from 1 to 1073741824")
    }
    guard ackFd == nil || durability != .normal else {
      throw ValidationError("--ack-fd promises what only --durability full keeps")
    }
    // Later the number may be that of the database.
    if let ackFd, !BorrowedDescriptor(number: ackFd).isWritable {
      throw ValidationError("--ack-fd \(ackFd) is not open for writing")
    }
  }

  /// Changes how the database is opened.
  func change(_ options: inout WriterOptions) {
    if let durability { options.durability = durability }
    if ackFd != nil { options.durability = .full }
    options.sealsEvents = evidence == .on
  }

  /// How the lines are recorded.
  var ingestOptions: IngestOptions {
    var options = content.ingestOptions
    options.instance = instance ?? ProcessEnvironment.variable("MCP_SIDECAR_INSTANCE")
    options.mustRecord = mustRecord
    options.takesEveryLine = format == .native
    options.format = format.stream
    options.noise = noise
    options.namesByContent = dedupe == .content
    options.copy = tee ? .standardOutput : nil
    options.batchSize = batchSize
    options.flushInterval = flushInterval.duration
    options.unknownInstances = unknownInstance
    options.maximumLineLength = maxLineBytes
    options.drain = drain.duration
    options.acknowledgements = ackFd.map { BorrowedDescriptor(number: $0) }
    options.surroundings = .current()
    return options
  }
}
