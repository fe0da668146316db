import MCPEvents
import MCPStore

/// What a filter means, written down a second time over plain values.
struct FilterModel {
  struct Instance {
    var id: String
    var type: String
    var status: String
    var repository: String?
    var issue: Int64?
    var createdAt: Int64
  }

  struct Event {
    var id: Int64
    var instance: String
    var tool: String
    var kind: String?
    var outcome: String
    var session: String?
    var timestamp: Int64
    var error: String?
  }

  var instances: [Instance] = []
  var events: [Event] = []

  func events(_ filter: RecordFilter) -> [Int64] {
    let ids = Set(instances.filter { isMeant($0, filter.instances) }.map(\.id))
    return events.filter { event in
      ids.contains(event.instance) && isMeant(event, filter.events)
        && isInside(event.timestamp, filter)
    }.map(\.id)
  }

  func instances(_ filter: RecordFilter) -> [String] {
    instances.filter { instance in
      isMeant(instance, filter.instances) && isInside(instance.createdAt, filter)
        && (filter.events == EventConditions()
          || events.contains { $0.instance == instance.id && isMeant($0, filter.events) })
    }.map(\.id)
  }

  private func isInside(_ time: Int64, _ filter: RecordFilter) -> Bool {
    time >= filter.since?.milliseconds ?? .min && time < filter.until?.milliseconds ?? .max
  }

  private func isMeant(_ instance: Instance, _ filter: InstanceConditions) -> Bool {
    GlobSet(filter.names).matches(instance.id) && GlobSet(filter.types).matches(instance.type)
      && GlobSet(filter.statuses).matches(instance.status)
      && GlobSet(filter.repositories).matches(instance.repository)
      && (filter.issues.isEmpty || instance.issue.map(filter.issues.contains) ?? false)
  }

  private func isMeant(_ event: Event, _ filter: EventConditions) -> Bool {
    GlobSet(filter.tools).matches(event.tool) && GlobSet(filter.kinds).matches(event.kind)
      && GlobSet(filter.sessions).matches(event.session)
      && GlobSet(filter.outcomes).matches(event.outcome)
      && (!filter.isFailed || ["error", "denied", "timeout"].contains(event.outcome))
      && (!filter.isSucceeded || event.outcome == "ok")
      && (filter.texts.isEmpty
        || filter.texts.contains { event.tool.contains($0) || (event.error ?? "").contains($0) })
  }
}
