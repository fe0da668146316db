/// Lines of the line protocol that the owner of a pipe adds to what comes out of it.
///
/// They are recorded, and kept in files if need be, like the pipe's own, but do not count as lines
/// that were read.
package struct PipeNotes: Sendable {
  /// What is recorded before the first line.
  package var opening: [String] = []
  /// What is recorded after the last one; asked for when the pipe has ended.
  package var closing: @Sendable () -> [String] = { [] }
  /// How many lines did not get into the pipe; asked for when it has ended.
  package var lostLines: @Sendable () -> Int64 = { 0 }

  package init() {}
}
