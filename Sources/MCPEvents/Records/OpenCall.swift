/// A call that has begun and has no result yet.
package struct OpenCall: Hashable, Sendable {
  /// The name that the event of its result will have.
  package var eventUID: String
  package var instanceID: String
  package var toolName: String
  package var sessionID: String?
  package var callID: String?
  package var startedAt: UnixTime
  /// What is known of the call so far, as a JSON object on one line: the adapter's own notes, from
  /// which it makes the event.
  package var notes: String

  package init(
    eventUID: String,
    instanceID: String,
    toolName: String,
    sessionID: String? = nil,
    callID: String? = nil,
    startedAt: UnixTime,
    notes: String = "{}"
  ) {
    self.eventUID = eventUID
    self.instanceID = instanceID
    self.toolName = toolName
    self.sessionID = sessionID
    self.callID = callID
    self.startedAt = startedAt
    self.notes = notes
  }
}
