internal import ArgumentParser
internal import MCPEvents
internal import MCPStore

/// An interval of time, for what has no other properties to filter by.
struct PeriodOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The start: 2h, 7d, today, 2026-11-22, RFC 3339, @unix.", valueName: "time"),
    transform: TimeSpec.init
  )
  var since: TimeSpec?

  @Option(
    help: ArgumentHelp("The end, of a day or month its last moment.", valueName: "time"),
    transform: TimeSpec.init
  )
  var until: TimeSpec?

  /// The filter, its times made absolute.
  func filter(_ zone: TimeZoneOptions) throws -> RecordFilter {
    var filter = RecordFilter()
    filter.period(since, until, zone)
    guard let since = filter.since, let until = filter.until, since > until else { return filter }
    throw ValidationError("--since \(since) is after --until \(until)")
  }
}

extension RecordFilter {
  /// Sets the interval, its times made absolute once.
  mutating func period(_ start: TimeSpec?, _ end: TimeSpec?, _ zone: TimeZoneOptions) {
    let now = UnixTime.now()
    since = start?.start(now: now, offset: zone.offset(atUnixSeconds:))
    until = end?.end(now: now, offset: zone.offset(atUnixSeconds:))
  }
}
