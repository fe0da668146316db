extension Schema {
  /// Finds the event that replaces another, so that a page without replaced ones reads no others.
  static let version2 = """
    CREATE INDEX mcp_events_supersedes ON mcp_events (supersedes) WHERE supersedes IS NOT NULL;
    """
}
