/// How long one operation took in both ways.
struct Comparison {
  let name: String
  private(set) var ours: [Duration] = []
  private(set) var byHand: [Duration] = []
  /// How long ours may take, where that is the target, and not the ratio.
  var limit: Duration?

  init(_ name: String) {
    self.name = name
  }

  /// Runs both once, in turn the one or the other first.
  mutating func run<Failure: Error>(
    ours: () async throws(Failure) -> Void,
    byHand: () async throws -> Void
  ) async throws {
    let isFirst = self.ours.count.isMultiple(of: 2)
    let clock = ContinuousClock()
    if isFirst { self.ours.append(try await clock.measure { try await ours() }) }
    self.byHand.append(try await clock.measure { try await byHand() })
    if !isFirst { self.ours.append(try await clock.measure { try await ours() }) }
  }

  /// Adds what was measured elsewhere.
  mutating func add(ours: Duration, byHand: Duration) {
    self.ours.append(ours)
    self.byHand.append(byHand)
  }

  /// Writes the medians as a line of JSON.
  func print() {
    let target = limit.map { ",\"at_most_seconds\":\($0.inSeconds)" } ?? ""
    Swift.print(
      """
      {"name":"\(name)","ours":\(ours.median.inSeconds),"by_hand":\(byHand.median.inSeconds)\
      \(target)}
      """
    )
  }
}

extension [Duration] {
  fileprivate var median: Duration { isEmpty ? .zero : sorted()[count / 2] }
}

extension Duration {
  fileprivate var inSeconds: Double { self / .seconds(1) }
}
