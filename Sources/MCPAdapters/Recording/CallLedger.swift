internal import MCPEvents

/// Turns what lines say of calls into rows: one when a call's result comes, and more only where
/// something better is learnt later.
struct CallLedger: Sendable {
  private static let pendingLimit = 1024
  private static let shortArguments = 256

  private var table = OpenCallTable()
  private var finished = FinishedCalls()
  /// Denials that came before the results of their calls.
  private var denials: [CallName: CallFacts] = [:]
  /// Calls that other recorders saw begin, by the uids of their results.
  private var remembered: [String: OpenCall] = [:]
  /// The names under which calls go whose id an earlier call had.
  private var renamed: [CallName: CallName] = [:]
  private let capture: Capture

  init(capture: Capture) {
    self.capture = capture
  }

  /// How many calls are open.
  var openCount: Int { table.openCount }

  /// About how many bytes the calls take.
  var size: Int { table.size }

  /// Adds a call that was noted as open before.
  mutating func resume(_ entry: OpenCallEntry) {
    table.insert(entry)
  }

  /// Remembers calls that other recorders saw begin: their results may come here.
  ///
  /// They are not open here, so that the end of this stream says nothing of them.
  mutating func remember(_ calls: [OpenCall]) {
    for call in calls { remembered[call.eventUID] = call }
  }

  /// What another recorder knew of a call that is not known here.
  private mutating func recall(_ name: CallName) -> OpenCallEntry? {
    guard !remembered.isEmpty, !name.needsStreamDigest, finished[name] == nil else { return nil }
    return remembered.removeValue(forKey: name.eventUID(streamDigest: "")).flatMap(CallNotes.read)
  }

  /// The entry of a call, which may have ended for the time being.
  private func entry(of facts: CallFacts) -> OpenCallEntry? {
    if let pairing = facts.pairing, let entry = table.paired(pairing) { return entry }
    return table[renamed[facts.name] ?? facts.name]
  }

  /// Whether the call has begun, or has ended and may get a better record.
  func knows(_ facts: CallFacts) -> Bool { entry(of: facts) != nil }

  // MARK: Beginning

  /// A call begins, or begins again with more said of it.
  mutating func begin(
    _ facts: CallFacts,
    instance: String,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    var facts = facts
    if table.size > OpenCallTable.comfortableSize { shorten(&facts.arguments) }
    let current = renamed[facts.name] ?? facts.name
    if let old = table[current], old.isOpen, refresh(old, with: facts, scene, into: &batch) {
      return
    }
    guard let name = freshName(for: facts, scene) else { return }
    if facts.callID == nil { facts.callID = facts.name.id }
    facts.name = name
    facts.began = facts.began ?? facts.time
    let entry = OpenCallEntry(
      facts: facts,
      eventUID: name.eventUID(streamDigest: scene.streamDigest),
      instanceID: instance,
      source: scene.source(of: name.agent),
      arrival: scene.arrival
    )
    table.insert(entry)
    batch.append(.open(entry.record))
    evict(scene, into: &batch)
  }

  /// Keeps of arguments only their beginning, because many calls are open.
  private func shorten(_ arguments: inout Members) {
    guard let json = arguments["arguments"], json.count > Self.shortArguments else { return }
    if arguments["arguments_sha256"] == nil {
      arguments = capture.cutArguments(json, to: Self.shortArguments)
    } else {
      arguments.remove("arguments")
    }
  }

  /// Adds to an open call what a second line says of its beginning.
  ///
  /// - Returns: Whether it is the same call. On a connection an id that comes again before its
  ///   answer is another call, and the old one gets none.
  private mutating func refresh(
    _ old: OpenCallEntry,
    with facts: CallFacts,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) -> Bool {
    if facts.pairing != nil, old.fingerprint != OpenCallEntry.fingerprint(of: facts) {
      abandon(old, scene, into: &batch)
      table.remove(old.facts.name)
      return false
    }
    var entry = old
    entry.facts = old.facts.merged(with: facts)
    table.update(entry)
    if entry.record != old.record { batch.append(.open(entry.record)) }
    return true
  }

  /// The name under which a call goes; `nil` for one that has ended already.
  ///
  /// Ids that start again in each process may come twice. Elsewhere an id that comes again is a
  /// repetition, unless the same channel says something else under it.
  private mutating func freshName(for facts: CallFacts, _ scene: Scene) -> CallName? {
    guard let record = finished[facts.name], !facts.name.needsStreamDigest else {
      return facts.name
    }
    let isRepetition =
      record.fingerprint == OpenCallEntry.fingerprint(of: facts)
      || record.source != scene.source(of: facts.name.agent) || facts.name.scope == .everywhere
    guard !isRepetition else { return nil }
    let ordinal = record.ordinal + 1
    let name = CallName(facts.name.agent, facts.name.scope, "\(facts.name.id)#\(ordinal)")
    finished.insert(
      facts.name,
      FinishedCalls.Record(
        fingerprint: OpenCallEntry.fingerprint(of: facts),
        source: record.source,
        ordinal: ordinal
      )
    )
    if renamed.count >= Self.pendingLimit { renamed.removeAll() }
    renamed[facts.name] = name
    return name
  }

  // MARK: Ending

  /// A call ended.
  mutating func end(
    _ facts: CallFacts,
    instance: String,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    let known = entry(of: facts) ?? recall(facts.name)
    let name = known?.facts.name ?? renamed[facts.name] ?? facts.name
    if known == nil, finished[name] != nil, !name.needsStreamDigest { return }
    if let known, !known.isOpen, known.facts.phase >= facts.phase { return }
    var merged = known.map { $0.facts.merged(with: facts) } ?? facts
    if known == nil, facts.began == nil, facts.tool == nil {
      merged.details.set("start_missing", true)
    }
    if merged.duration == nil { merged.duration = duration(of: facts, since: known, scene) }
    deny(&merged, name)
    let entry =
      known
      ?? OpenCallEntry(
        facts: merged,
        eventUID: name.eventUID(streamDigest: scene.streamDigest),
        instanceID: instance,
        source: scene.source(of: name.agent),
        arrival: scene.arrival
      )
    merged.name = name
    write(merged, entry, scene, into: &batch)
    evict(scene, into: &batch)
  }

  /// Writes the row, and keeps the call if there may come something better.
  private mutating func write(
    _ facts: CallFacts,
    _ entry: OpenCallEntry,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    let phase = facts.phase
    let previous = table[facts.name]
    let wasOpen = previous?.isOpen == true
    let weaker = previous.flatMap { $0.isOpen ? nil : $0.facts.phase } ?? phase.weaker
    EventWriter.append(facts, entry, phase, replacing: weaker, scene, into: &batch.events)
    if wasOpen || !facts.name.needsStreamDigest { batch.append(.close(eventUID: entry.eventUID)) }
    var ended = entry
    ended.facts = facts
    ended.isOpen = false
    let mayImprove =
      phase < .result || facts.outcome == .error && !facts.name.needsStreamDigest
      || facts.isTask
    if mayImprove {
      if table[facts.name] == nil { table.insert(ended) } else { table.update(ended) }
    } else {
      table.remove(facts.name)
    }
    if phase >= .result { finish(facts, entry, scene) }
  }

  private mutating func finish(_ facts: CallFacts, _ entry: OpenCallEntry, _ scene: Scene) {
    guard !facts.name.needsStreamDigest else { return }
    let ordinal = finished[facts.name]?.ordinal ?? 1
    finished.insert(
      facts.name,
      FinishedCalls.Record(
        fingerprint: entry.fingerprint,
        source: scene.source(of: facts.name.agent),
        ordinal: ordinal
      )
    )
  }

  /// How long the call took: by the times that its lines state, else by when they were read.
  private func duration(
    of end: CallFacts,
    since entry: OpenCallEntry?,
    _ scene: Scene
  ) -> Int64? {
    if let began = end.began ?? entry?.facts.began, let ended = end.time {
      return ended < began ? nil : ended.microseconds - began.microseconds
    }
    guard let entry, end.began == nil, let ended = scene.arrival.microseconds else { return nil }
    let coarse = scene.arrival.time.milliseconds - entry.arrival.time.milliseconds
    guard coarse >= 0 else { return nil }
    guard let began = entry.arrival.microseconds else { return coarse * 1000 }
    let fine = ended - began
    return abs(fine / 1000 - coarse) <= 1000 && fine >= 0 ? fine : coarse * 1000
  }

  // MARK: Denials, late ends and calls without a result

  /// A call was not allowed to run.
  ///
  /// Facts with an outcome say so in the end: a call that is not known has no better record then,
  /// or has it in the store only.
  mutating func deny(
    _ facts: CallFacts,
    instance: String,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    guard let entry = entry(of: facts) else {
      guard finished[facts.name] == nil else { return }
      if facts.outcome == .denied { return end(facts, instance: instance, scene, into: &batch) }
      if denials.count >= Self.pendingLimit { denials.removeAll() }
      denials[facts.name] = facts
      return
    }
    if entry.isOpen {
      denials[entry.facts.name] = facts
    } else if entry.facts.phase == .result, entry.facts.outcome == .error {
      var denied = entry.facts
      denied.outcome = .denied
      write(denied, entry, scene, into: &batch)
    }
  }

  /// Makes a failed call a denied one, if it was denied before.
  private mutating func deny(_ facts: inout CallFacts, _ name: CallName) {
    guard let denial = denials.removeValue(forKey: name), facts.outcome != .ok else { return }
    facts.outcome = .denied
    facts.errorMessage = facts.errorMessage ?? denial.errorMessage
    facts.details.merge(denial.details)
  }

  /// A call that had gone on in the background has ended badly, or its result is asked for after
  /// its end.
  mutating func endLate(_ facts: CallFacts, _ scene: Scene, into batch: inout RecordBatch) {
    guard let entry = entry(of: facts), !entry.isOpen, entry.facts.isTask else { return }
    var merged = entry.facts.merged(with: facts)
    merged.details.remove("background_task_id")
    EventWriter.append(merged, entry, .late, replacing: .result, scene, into: &batch.events)
    table.remove(entry.facts.name)
  }

  /// A call turns out to be none of its own.
  mutating func forget(_ name: CallName, into batch: inout RecordBatch) {
    guard let entry = table[name], entry.isOpen else { return }
    batch.append(.close(eventUID: entry.eventUID))
    table.remove(name)
  }

  /// Calls get no result any more.
  mutating func abandon(
    _ abandonment: Abandonment,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    for entry in table.inOrder where abandonment.covers(entry.facts) {
      if entry.isOpen { abandon(entry, scene, into: &batch) }
      if abandonment.startsAnew, entry.facts.name.needsStreamDigest {
        table.remove(entry.facts.name)
      }
    }
  }

  /// No call gets a result any more.
  mutating func abandonAll(_ scene: Scene, into batch: inout RecordBatch) {
    for entry in table.inOrder where entry.isOpen { abandon(entry, scene, into: &batch) }
  }

  private mutating func abandon(
    _ entry: OpenCallEntry,
    _ scene: Scene,
    into batch: inout RecordBatch
  ) {
    var facts = entry.facts
    facts.outcome = .incomplete
    facts.isProvisional = true
    facts.time = EventTime(entry.startedAt)
    deny(&facts, facts.name)
    write(facts, entry, scene.recalling(entry), into: &batch)
  }

  /// Makes room; open calls that have to go get no result.
  private mutating func evict(_ scene: Scene, into batch: inout RecordBatch) {
    while let oldest = table.overflowing() {
      if oldest.isOpen { abandon(oldest, scene, into: &batch) }
      table.remove(oldest.facts.name)
    }
  }
}

extension EventUID.Phase {
  /// The version that this one replaces, if there is one.
  fileprivate var weaker: Self? {
    switch self {
    case .provisional: nil
    case .ended, .result: .provisional
    case .late, .denied: .result
    }
  }
}

extension CallFacts {
  /// Whether the call goes on after its first result.
  fileprivate var isTask: Bool {
    details["background_task_id"] != nil || details["task_id"] != nil
  }

  /// Which version of the call these facts make.
  var phase: EventUID.Phase {
    switch outcome {
    case .denied: .denied
    case .incomplete, nil: .provisional
    case .unknown: .ended
    case .ok, .error, .cancelled, .timeout, .inputRequired: isProvisional ? .ended : .result
    }
  }
}
