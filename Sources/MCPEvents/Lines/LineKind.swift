/// What a line of the line protocol is.
package enum LineKind: Sendable {
  case event, instance, relationship, issue
  /// A line of an archive that holds no record: its header, a run, its summary.
  case archiveFrame

  init?(_ word: Span<UInt8>) {
    if word.equals("event") {
      self = .event
    } else if word.equals("instance") {
      self = .instance
    } else if word.equals("relationship") {
      self = .relationship
    } else if word.equals("github_issue") {
      self = .issue
    } else if word.equals("archive") || word.equals("run") || word.equals("summary") {
      self = .archiveFrame
    } else {
      return nil
    }
  }
}
