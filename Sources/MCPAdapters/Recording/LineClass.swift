/// What a line of an agent was.
package enum LineClass: Hashable, Sendable {
  /// It holds records, which were appended to the batch.
  case records
  /// It is of a known format, and says nothing that is recorded.
  case ignored
}
