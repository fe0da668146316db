internal import MCPEvents

/// The conditions on the columns of `instances`.
struct InstanceSQL {
  let snapshot: StoreSnapshot

  func conditions(_ filter: InstanceConditions) throws -> [SQLFragment] {
    let lookup = InstanceLookup(snapshot: snapshot)
    let named = try lookup.condition(filter.names)
    let parents = try lookup.condition(filter.parents)
    let isDeep = filter.includesDescendants
    return [
      isDeep ? named.map { Self.descendants(of: $0, includingThemselves: true) } : named,
      isDeep
        ? parents.map { Self.descendants(of: $0, includingThemselves: false) }
        : parents.map(Self.children),
      PatternSQL.condition(filter.types, on: "type"),
      PatternSQL.condition(filter.statuses, on: "status"),
      EventSQL.isOneOf(filter.issues, "issue_number"),
      PatternSQL.condition(filter.repositories, on: "repo"),
      PatternSQL.condition(filter.agents, on: "agent"),
      PatternSQL.condition(filter.hosts, on: "host"),
    ].compactMap(\.self)
      + filter.labels.compactMap { Self.label($0, in: "metadata", at: "$.labels") }
  }

  /// The condition that a JSON object at `path` of `column` has a label.
  static func label(
    _ label: LabelCondition,
    in column: String,
    at path: String
  ) -> SQLFragment? {
    let value = PatternSQL.condition([label.value], on: "CAST(value AS TEXT)")
    let object = SQLFragment(
      "EXISTS (SELECT 1 FROM json_each(\(column), '\(path)') WHERE key = ? AND "
    )
    return value.map { SQLFragment(object.text, [.text(label.key)]) + $0 + ")" }
  }

  // MARK: Families

  /// The condition that an instance was started by one that meets `condition`.
  ///
  /// Who started whom is said by the instance itself, or by a relationship.
  private static func children(of condition: SQLFragment) -> SQLFragment {
    let parents = condition.enclosed("(SELECT id FROM instances WHERE ", ")")
    return SQLFragment("(parent_instance_id IN ") + parents
      + " OR id IN (SELECT child_instance FROM relationships WHERE parent_instance IN " + parents
      + "))"
  }

  /// The condition that an instance comes from one that meets `condition`, on any level.
  private static func descendants(
    of condition: SQLFragment,
    includingThemselves isIncluded: Bool
  ) -> SQLFragment {
    let tops = condition.enclosed("(SELECT id, 0 FROM instances WHERE ", ")")
    return SQLFragment("id IN (WITH RECURSIVE below (id, depth) AS ")
      + SQLFragment("(SELECT * FROM ") + tops
        + """
         UNION SELECT i.id, 1 FROM below JOIN instances AS i ON i.parent_instance_id = below.id
         UNION SELECT r.child_instance, 1 FROM below
           JOIN relationships AS r ON r.parent_instance = below.id
        ) SELECT id FROM below\(isIncluded ? "" : " WHERE depth = 1"))
        """
  }
}
