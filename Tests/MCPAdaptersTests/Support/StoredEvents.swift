import MCPEvents

/// Keeps events as the store does: each uid once, and of the versions of one call only better ones.
struct StoredEvents {
  private(set) var events: [String: RecordedEvent] = [:]
  private var order: [String] = []
  private(set) var duplicates = 0

  mutating func add(_ new: [RecordedEvent]) {
    for event in new {
      let (base, phase) = EventUID.base(of: event.uid)
      let isKnown = EventUID.Phase.allCases.contains { other in
        other >= phase && events[EventUID.version(other, of: base)] != nil
      }
      if isKnown {
        duplicates += 1
      } else {
        events[event.uid] = event
        order.append(event.uid)
      }
    }
  }

  var count: Int { events.count }

  /// The calls that a reader sees: of each its best version.
  var calls: [RecordedEvent] {
    order.compactMap { events[$0] }.filter { event in
      let (base, phase) = EventUID.base(of: event.uid)
      return event.isCall
        && !EventUID.Phase.allCases.contains { other in
          other > phase && events[EventUID.version(other, of: base)] != nil
        }
    }
  }
}
