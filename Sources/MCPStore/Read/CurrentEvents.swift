internal import MCPEvents

/// The condition that no better record of the same call replaced an event, in its two forms.
enum CurrentEvents {
  /// Looks for the better versions by their uids: for some events.
  static let lookingUp = """
    (mcp_events.event_uid IS NULL OR NOT EXISTS (
      SELECT 1 FROM mcp_events AS newer
      WHERE newer.event_uid IN (\(betterVersions.joined(separator: ", ")))
        AND newer.supersedes = mcp_events.id
    ))
    """

  /// Gathers all that was replaced, in one walk through the table: for most of it.
  static let gathering =
    "mcp_events.id NOT IN (SELECT supersedes FROM mcp_events WHERE supersedes IS NOT NULL)"

  /// For each version but the best the uids of those that replace it (see ``EventUID``); NULL for
  /// an event that is another version.
  private static let betterVersions = EventUID.Phase.allCases.flatMap { phase in
    let stronger = EventUID.Phase.allCases.filter { $0 > phase }
    let ending = EventUID.version(phase, of: "")
    let base = "substr(mcp_events.event_uid, 1, length(mcp_events.event_uid) - \(ending.count))"
    return stronger.map { better in
      let uid = "\(base) || '\(EventUID.version(better, of: ""))'"
      return phase == .result
        ? uid : "iif(mcp_events.event_uid GLOB '*\(ending)', \(uid), NULL)"
    }
  }
}
