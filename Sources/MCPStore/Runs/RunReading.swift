package import MCPEvents
internal import MCPSystem

/// Who looks at runs, and when: only the machine that a run was on can see whether it still goes.
package struct RunObserver: Sendable {
  /// After so long without a sign of life a run of another machine counts as interrupted.
  package static let patience = Duration.seconds(600)

  private let host: String
  private let now: UnixTime
  private let isRunning: @Sendable (Int32, UnixTime) -> Bool

  /// Creates an observer.
  ///
  /// - Parameters:
  ///   - host: The name of the machine it is on.
  ///   - now: The moment of looking.
  ///   - isRunning: Whether the process is still there that had an id on this machine at a time.
  package init(
    host: String,
    now: UnixTime,
    isRunning: @escaping @Sendable (Int32, UnixTime) -> Bool
  ) {
    self.host = host
    self.now = now
    self.isRunning = isRunning
  }

  /// This process, now.
  package static var here: Self {
    Self(
      host: ProcessEnvironment.hostName,
      now: .now(),
      isRunning: { ProcessEnvironment.isRunning(processID: $0, seenAt: $1.milliseconds) }
    )
  }

  /// How a run stands: `running`, or how it ended.
  ///
  /// - Parameters:
  ///   - ending: What the run noted of its end.
  ///   - runHost: The machine that it was on.
  ///   - processID: Its process.
  ///   - heartbeat: Its last sign of life.
  /// - Returns: `running`, `finished`, `stopped`, `failed` or `interrupted`.
  package func state(
    ending: String?,
    runHost: String?,
    processID: Int64,
    heartbeat: UnixTime
  ) -> String {
    if let ending { return ending }
    let isAlive =
      runHost == host
      ? isRunning(Int32(clamping: processID), heartbeat)
      : now.milliseconds - heartbeat.milliseconds <= Self.patience.wholeMilliseconds
    return isAlive ? "running" : "interrupted"
  }
}

extension RunObserver {
  /// Replaces what a run noted of its end by how it stands.
  ///
  /// - Parameters:
  ///   - values: The values of all columns of a run.
  ///   - columns: These columns.
  func addState(to values: inout [ColumnValue], _ columns: [ListedColumn]) {
    var known: [String: ColumnValue] = [:]
    for (column, value) in zip(columns, values) { known[column.name] = value }
    let state = state(
      ending: known["state"]?.text,
      runHost: known["host"]?.text,
      processID: known["pid"]?.number ?? 0,
      heartbeat: UnixTime(milliseconds: known["heartbeat_at"]?.number ?? 0)
    )
    for index in columns.indices where columns[index].name == "state" {
      values[index] = .text(state)
    }
  }
}

extension ColumnValue {
  /// The text, if it is one.
  var text: String? {
    switch self {
    case .text(let text), .json(let text), .mergedJSON(let text): text
    case .null, .integer: nil
    }
  }

  /// The number, if it is one.
  var number: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }
}
