/// The events of a workload, one after the other, as lines.
struct Workload {
  private let options: WorkloadOptions
  private let firstCallID: UInt64
  private let commit = Chance.one(in: 8)
  private let commitColumn: Template = #""git_commit_hash":"\#(.commit)","#
  private var schedule: Schedule
  private var composer: Composer
  private var timestamps = TimestampRenderer()
  private var printed = 0

  init(_ options: WorkloadOptions) {
    self.options = options
    firstCallID = RandomNumbers.mixed(options.seed)
    schedule = Schedule(options)
    composer = Composer(random: RandomNumbers(seed: ~options.seed))
  }

  /// Appends one line, or returns false when all are printed.
  mutating func appendNextEvent(to lines: inout [UInt8]) -> Bool {
    guard printed < options.count else { return false }
    let lane = schedule.next()
    composer.chooseFile()
    lines += lane.session.columns
    lines += lane.call.tool.columns
    lines.append(#""call_id":""#)
    appendCallID(to: &lines)
    lines.append(#"","#)
    appendEnding(of: lane.call, to: &lines)
    appendEffects(of: lane.call, to: &lines)
    appendTime(of: lane.call, to: &lines)
    appendMetadata(of: lane.call, to: &lines)
    if options.hasIdentities { appendIdentity(of: lane.session, to: &lines) }
    lines.append("}\n")
    printed += 1
    return true
  }

  /// Appends an id that occurs once in the workload.
  private func appendCallID(to line: inout [UInt8]) {
    line.append("toolu_01")
    line.append(base32: RandomNumbers.mixed(firstCallID &+ UInt64(printed)))
  }

  private mutating func appendEnding(of call: Call, to line: inout [UInt8]) {
    line.append(call.ending.columns)
    let messages = call.ending.messages(of: call.tool)
    if !messages.isEmpty {
      composer.append(messages[composer.random.number(below: messages.count)], to: &line)
      line.append(#"","#)
    }
    line.append(#""duration_us":"#)
    line.append(decimal: call.durationMicroseconds)
  }

  private mutating func appendEffects(of call: Call, to line: inout [UInt8]) {
    line.append(UInt8(ascii: ","))
    if let statusChange = call.statusChange { line.append(statusChange.columns) }
    if call.leavesCommit, composer.random.isTrue(with: commit) {
      composer.append(commitColumn, to: &line)
    }
  }

  private mutating func appendTime(of call: Call, to line: inout [UInt8]) {
    line.append(#""timestamp":"#)
    switch options.timeFormat {
    case .milliseconds: line.append(decimal: call.time)
    case .rfc3339:
      line.append(UInt8(ascii: "\""))
      timestamps.append(milliseconds: call.time, to: &line)
      line.append(UInt8(ascii: "\""))
    }
  }

  private mutating func appendMetadata(of call: Call, to line: inout [UInt8]) {
    guard options.metadataBytes > 0 else { return }
    let typical = options.metadataBytes
    let size = composer.random.number(in: typical * 3 / 4...typical * 5 / 4)
    line.append(#","metadata":"#)
    composer.appendMetadata(of: call.tool, size: size, to: &line)
  }

  private func appendIdentity(of session: Session, to line: inout [UInt8]) {
    line += session.identity
    appendCallID(to: &line)
    line.append(UInt8(ascii: "\""))
  }
}
