package import MCPEvents

/// Which records are meant: one language for everything that selects.
///
/// Values are globs, and `!GLOB` excludes; several values of one property are alternatives, and
/// different properties must all hold. On events the properties of instances test the event's
/// instance; on instances the properties of events mean "has at least one such event", and the
/// times its creation; a relationship, or an issue, is meant if an instance of it is.
package struct RecordFilter: Hashable, Sendable {
  /// Properties of instances.
  package var instances = InstanceConditions()
  /// Properties of events.
  package var events = EventConditions()
  /// The first moment.
  package var since: UnixTime?
  /// The first moment after the last.
  package var until: UnixTime?
  /// Whether records that a better one of the same call replaced are meant too.
  package var includesSuperseded = false

  /// Creates a filter that every record passes.
  package init() {}

  /// Whether a property of events, time among them, is asked for.
  package var hasEventConditions: Bool {
    events != EventConditions() || since != nil || until != nil
  }

  /// Whether a property of instances is asked for.
  package var hasInstanceConditions: Bool { instances != InstanceConditions() }
}

/// What is asked of an instance.
package struct InstanceConditions: Hashable, Sendable {
  /// Ids, prefixes of at least four characters that only one id has, names, or globs of either.
  package var names: [String] = []
  package var types: [String] = []
  package var statuses: [String] = []
  /// The instances that started it, named as in ``names``.
  package var parents: [String] = []
  /// Whether ``names`` mean everything below them too, and ``parents`` every level.
  package var includesDescendants = false
  package var issues: [Int64] = []
  package var repositories: [String] = []
  package var agents: [String] = []
  package var hosts: [String] = []
  package var labels: [LabelCondition] = []

  package init() {}
}

/// A label that an instance, or a run, has.
package struct LabelCondition: Hashable, Sendable {
  package let key: String
  /// A glob, or `!` and a glob.
  package let value: String

  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// What is asked of an event, besides its time.
package struct EventConditions: Hashable, Sendable {
  package var tools: [String] = []
  package var kinds: [String] = []
  package var servers: [String] = []
  package var sessions: [String] = []
  package var outcomes: [String] = []
  /// Whether it must be a failure: error, denied or timeout.
  package var isFailed = false
  /// Whether it must be ok.
  package var isSucceeded = false
  /// Texts of which it holds at least one, in its tool, error, metadata or unknown keys.
  package var texts: [String] = []

  package init() {}
}

/// A filter that cannot be understood, or means more than one thing.
package struct FilterError: Error, CustomStringConvertible, Sendable {
  /// What is wrong, and what to do.
  package let description: String

  package init(_ description: String) {
    self.description = description
  }
}
