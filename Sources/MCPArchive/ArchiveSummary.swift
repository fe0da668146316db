/// The last line of an archive: what it should hold.
package struct ArchiveSummary: Hashable, Sendable {
  package internal(set) var instances: Int64 = 0
  package internal(set) var relationships: Int64 = 0
  /// `nil` where issues were not asked for.
  package internal(set) var issues: Int64?
  package internal(set) var runs: Int64 = 0
  package internal(set) var events: Int64 = 0
  /// Lines that the runs could not take for records, and kept.
  package internal(set) var rejected: Int64 = 0
  /// Lines that the runs could keep nowhere.
  package internal(set) var lost: Int64 = 0
  /// The SHA-256 of the instance, relationship and event lines, in hexadecimal digits: equal for the
  /// same selection on any machine and in any layout.
  package internal(set) var contentDigest = ""
  /// The SHA-256 of all bytes before the summary's line, uncompressed.
  package internal(set) var digest = ""

  /// The line, without a line feed.
  var line: String {
    let issues = issues.map { ",\"github_issues\":\($0)" } ?? ""
    return """
      {"kind":"summary","instances":\(instances),"relationships":\(relationships)\(issues),\
      "runs":\(runs),"events":\(events),"rejected":\(rejected),"lost":\(lost),\
      "content_sha256":"\(contentDigest)","sha256":"\(digest)"}
      """
  }
}
