internal import MCPEvents
package import MCPStore
internal import MCPSystem

/// Tries to store rejected lines again.
package struct RejectedRetry {
  /// What became of the lines.
  package struct Result: Hashable, Sendable {
    package var tried = 0
    package var stored = 0
    /// How many are still rejected.
    package var kept: Int { tried - stored }
  }

  private static let pageSize: Int64 = 500

  private let store: AgentStore
  private let programVersion: String

  package init(store: AgentStore, programVersion: String) {
    self.store = store
    self.programVersion = programVersion
  }

  /// Tries the lines with these numbers, or all.
  ///
  /// - Parameter numbers: The numbers; none means all.
  /// - Returns: What became of the lines.
  /// - Throws: A ``StoreError``; lines are stored and forgotten in one transaction.
  package func run(_ numbers: [Int64]) throws(StoreError) -> Result {
    var result = Result()
    var context = RunContext()
    context.surroundings = .current()
    context.runID = try store.beginRun(
      RunDescription(
        source: "rejected lines",
        processID: Int64(ProcessEnvironment.processID),
        programVersion: programVersion
      )
    )
    var last: Int64 = 0
    while true {
      let page = try store.rejectedLines(after: last, limit: Self.pageSize)
      guard let end = page.last?.id else { break }
      var next = result
      do throws(StoreError) {
        try retry(page.filter { numbers.isEmpty || numbers.contains($0.id) }, context, &next)
      } catch  where error.reason == .conflict {
        // Somebody else was faster: the page is to be read again.
        continue
      }
      (last, result) = (end, next)
    }
    if let runID = context.runID { try store.endRuns([runID], RunStatistics(), .finished) }
    return result
  }

  private func retry(
    _ lines: [StoredRejectedLine],
    _ context: RunContext,
    _ result: inout Result
  ) throws(StoreError) {
    var decoder = LineDecoder()
    var batch = RecordBatch()
    for line in lines {
      result.tried += 1
      guard line.isWhole else { continue }
      if decode(line, &decoder, &batch) {
        batch.append(.forgetRejected(line.id))
        result.stored += 1
      }
    }
    guard !batch.isEmpty else { return }
    let seal = store.seal(&batch)
    _ = try store.append(batch, seal, in: context)
  }

  private func decode(
    _ line: StoredRejectedLine,
    _ decoder: inout LineDecoder,
    _ batch: inout RecordBatch
  ) -> Bool {
    let result = try? decoder.decode(
      line.bytes.span,
      at: line.position,
      receivedAt: line.receivedAt,
      into: &batch.events
    )
    switch result {
    case .event: return true
    case .patch(let patch):
      batch.append(.upsert(patch))
      return true
    case .ignored, .foreign, nil: return false
    }
  }
}
