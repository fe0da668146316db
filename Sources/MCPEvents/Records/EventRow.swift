/// One event of a batch: its numbers, and where its texts are.
package struct EventRow: Sendable {
  /// The index in the batch's lines of the line that this event came from.
  package var line: Int32 = -1
  /// The index of the instance among those of the batch; the store's own.
  package var instanceIndex: Int32 = -1

  package var instanceID = TextSlice.none
  package var toolName = TextSlice.none
  package var outcome = Outcome.unknown
  package var errorMessage = TextSlice.none
  /// A JSON value, byte for byte.
  package var metadata = TextSlice.none
  package var gitCommitHash = TextSlice.none
  package var statusChange = TextSlice.none
  package var isStatusUpdating = false
  package var timestamp = UnixTime(milliseconds: 0)
  /// Whole microseconds.
  package var duration: Int64?
  package var serverName = TextSlice.none
  package var toolKind: ToolKind?
  package var sessionID = TextSlice.none
  package var callID = TextSlice.none
  package var parentCallID = TextSlice.none
  /// The format that the event was read from; none for the line protocol.
  package var sourceFormat = TextSlice.none
  package var receivedAt = UnixTime(milliseconds: 0)
  /// A JSON object of the keys that are no columns.
  package var extra = TextSlice.none
  package var eventUID = TextSlice.none
  /// The uid of the event that this one replaces for readers; resolved when it is stored.
  package var supersededUID = TextSlice.none

  /// The number in this database; 0 until it is assigned.
  package var id: Int64 = 0
  /// 1, 2, 3 … for each instance; 0 until it is assigned.
  package var instanceSequence: Int64 = 0
  /// The number of the older record of the same call.
  package var supersedes: Int64?

  package init() {}
}
