internal import MCPEvents

/// A call that has begun, and what is known of it.
struct OpenCallEntry: Sendable {
  /// How much of the arguments tells one call from another.
  private static let fingerprintedLength = 16 << 10

  var facts: CallFacts
  /// The uid of the event of its result.
  let eventUID: String
  let instanceID: String
  /// The format of the line with which it began.
  let source: String
  let arrival: Arrival
  /// Whether no result has come yet.
  ///
  /// A call that has ended is kept for a while if there may come a better record of it.
  var isOpen = true
  /// What tells one call from another that has the same id.
  let fingerprint: Fingerprint
  /// How many calls began before it.
  var sequence: UInt64 = 0

  init(
    facts: CallFacts,
    eventUID: String,
    instanceID: String,
    source: String,
    arrival: Arrival
  ) {
    self.facts = facts
    self.eventUID = eventUID
    self.instanceID = instanceID
    self.source = source
    self.arrival = arrival
    fingerprint = Self.fingerprint(of: facts)
  }

  /// What tells a call from another with the same id: its tool and its arguments.
  static func fingerprint(of facts: CallFacts) -> Fingerprint {
    var fingerprint = Fingerprint(of: (facts.tool?.name ?? "").utf8)
    for item in facts.arguments.items {
      fingerprint.add(item.json.prefix(fingerprintedLength))
      fingerprint.add(String(item.json.count).utf8)
    }
    return fingerprint
  }

  /// About how many bytes it takes.
  var size: Int {
    let texts = [
      facts.name.id, facts.pairing, facts.tool?.name, facts.session, facts.agentID, facts.callID,
      facts.parentCallID, facts.errorMessage, eventUID, instanceID,
    ]
    return texts.reduce(512) { $0 + ($1?.utf8.count ?? 0) } + facts.arguments.size
      + facts.details.size + facts.paths.reduce(0) { $0 + $1.utf8.count }
      + (facts.result?.count ?? 0)
  }

  /// When the call began.
  var startedAt: UnixTime { facts.began?.unixTime ?? arrival.time }

  /// The row of `open_calls`.
  var record: OpenCall {
    OpenCall(
      eventUID: eventUID,
      instanceID: instanceID,
      toolName: Identifier.clamped(facts.tool?.name) ?? "unknown",
      sessionID: Identifier.clamped(facts.session),
      callID: Identifier.clamped(facts.callID ?? facts.name.id),
      startedAt: startedAt,
      notes: CallNotes.write(self)
    )
  }
}
