/// All that is stored in one transaction.
package struct RecordBatch: Sendable {
  /// A change of a record other than an event, made before the event `row` is stored.
  package struct Step: Sendable {
    package enum Change: Sendable {
      case upsert(RecordPatch)
      /// A call began; one that is open already is refreshed.
      case open(OpenCall)
      /// The open call of this uid has ended, and is forgotten.
      case close(eventUID: String)
      /// The rejected line of this number is a record after all.
      case forgetRejected(Int64)

      /// About how many bytes it takes.
      fileprivate var size: Int {
        switch self {
        case .upsert: 1024
        case .open(let call): 512 + call.notes.utf8.count
        case .close, .forgetRejected: 256
        }
      }
    }

    /// The number of events that come before the change.
    package let row: Int
    /// The index in the lines of ``events`` of the line that the change came from.
    package let line: Int32
    package let change: Change
  }

  /// The lines that hold records, and the events among them.
  package var events = EventBatch()

  /// The other changes, in the order of reading.
  package private(set) var steps: [Step] = []
  private var stepsSize = 0

  /// Lines that are kept as they are.
  package private(set) var rejected: [RejectedLine] = []
  private var rejectedSize = 0

  /// Lines that hold no record, blank and ignored ones; the store adds the others.
  package var counts = LineCounts()

  /// The bytes of input that the batch and all before it cover.
  package var coveredBytes: Int64 = 0

  /// When the last of its lines was read.
  package var receivedAt = UnixTime(milliseconds: 0)

  /// Whether the last line of the batch lacks its line feed, so that more of it may come.
  package var endsUnfinished = false

  /// Where the first line of an agent's own format begins in the input, if there was one.
  package var agentOffset: Int64?

  /// The lines of input that the batch and all before it cover.
  package var coveredLines: Int64 = 0

  package init() {}

  /// Whether there is nothing to store.
  package var isEmpty: Bool {
    events.isEmpty && steps.isEmpty && rejected.isEmpty && counts.lines == 0
  }

  /// About how many bytes the records take that it holds.
  package var size: Int { events.bytes.count + stepsSize + rejectedSize }

  /// Adds a line that is kept as it is.
  package mutating func reject(_ line: RejectedLine) {
    rejected.append(line)
    rejectedSize += line.bytes.count
  }

  /// Adds a change of the current line of ``events``.
  package mutating func append(_ change: Step.Change) {
    stepsSize += change.size
    steps.append(
      Step(
        row: events.count,
        line: Int32(truncatingIfNeeded: events.lines.count - 1),
        change: change
      )
    )
  }

  /// Takes back the current line of ``events`` and everything that came from it.
  package mutating func cancelLine() {
    guard !events.lines.isEmpty else { return }
    let line = Int32(truncatingIfNeeded: events.lines.count - 1)
    events.cancelLine()
    while let step = steps.last, step.line == line { removeSteps(from: steps.count - 1) }
  }

  /// Takes back the changes from an index on.
  package mutating func removeSteps(from index: Int) {
    for step in steps[index...] { stepsSize -= step.change.size }
    steps.removeLast(steps.count - index)
  }

  /// Removes everything and keeps the memory.
  package mutating func removeAll() {
    events.removeAll()
    steps.removeAll(keepingCapacity: true)
    stepsSize = 0
    rejected.removeAll(keepingCapacity: true)
    rejectedSize = 0
    counts = LineCounts()
    (coveredBytes, coveredLines, endsUnfinished, agentOffset) = (0, 0, false, nil)
  }
}
