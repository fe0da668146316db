internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// The instance whose traffic a tap records.
struct TapInstance: Hashable, Sendable {
  /// The id.
  let id: String

  /// The process that it stands for, where nobody but the tap knows of it.
  let unknownClient: Int32?

  private static let ownPrefix = "tap-"
  /// How long before its agent an instance may have been recorded, in milliseconds.
  private static let headStart: Int64 = 3_600_000

  /// Finds the instance.
  ///
  /// - Parameters:
  ///   - named: The one that the user or the environment names.
  ///   - running: The instances of this machine that have not ended, and have a process.
  ///   - ancestors: The processes that this one descends from, its parent first.
  ///   - host: This machine.
  init(
    named: String?,
    running: [RunningInstance],
    ancestors: [ProcessAncestor],
    host: String
  ) {
    let known = named ?? Self.nearest(running, ancestors)
    guard let client = ancestors.first, known == nil else {
      id = known ?? "\(Self.ownPrefix)\(host)"
      unknownClient = nil
      return
    }
    id = "\(Self.ownPrefix)\(host)-\(client.number)-\(client.startTicks)"
    unknownClient = client.number
  }

  /// The instance of the nearest ancestor that is one.
  ///
  /// Process ids are used again, so the instance must have been there, or active, about when the
  /// process began. One that another tap has made stands for its own client only.
  private static func nearest(
    _ running: [RunningInstance],
    _ ancestors: [ProcessAncestor]
  ) -> String? {
    for ancestor in ancestors {
      let match = running.last { instance in
        guard instance.processID == Int64(ancestor.number) else { return false }
        if instance.id.hasPrefix(ownPrefix) { return false }
        let start = ancestor.startedAt
        return instance.createdAt.milliseconds >= start - headStart
          || instance.lastActivity.milliseconds >= start
      }
      if let match { return match.id }
    }
    return nil
  }

  /// The line that makes it known.
  ///
  /// - Parameter surroundings: Where the tap runs, and so its client.
  /// - Returns: Nothing for an instance that others have made.
  func notes(_ surroundings: Surroundings) -> [String] {
    guard let unknownClient else { return [] }
    var members = ["\"kind\":\"instance\"", "\"id\":" + JSONText.quoted(id)]
    let texts = [
      ("worktree_path", surroundings.worktreePath), ("branch_name", surroundings.branchName),
      ("repo", surroundings.repository), ("host", surroundings.host),
      ("os_user", surroundings.user),
    ]
    for case (let column, let text?) in texts {
      members.append("\"\(column)\":" + JSONText.quoted(text))
    }
    members.append("\"claude_pid\":\(unknownClient)")
    return ["{\(members.joined(separator: ","))}"]
  }
}
