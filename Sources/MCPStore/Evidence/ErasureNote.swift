internal import MCPEvents

/// What was erased, when and why: the text from which the leaf of a sealed erasure is made.
///
/// It is a JSON object, `{"at":"2026-11-22T09:14:03.512Z","count":6,"ids":[[1,5],[9,9]],"reason":"…"}`,
/// whose ids are closed ranges in rising order.
package struct ErasureNote: Hashable, Sendable {
  /// When.
  package let erasedAt: UnixTime
  /// The numbers of the events.
  package let ids: [ClosedRange<Int64>]
  /// Why.
  package let reason: String

  init(ids sorted: [Int64], reason: String, at time: UnixTime) {
    erasedAt = time
    self.reason = reason
    var ranges: [ClosedRange<Int64>] = []
    for id in sorted {
      if let last = ranges.last, last.upperBound + 1 == id {
        ranges[ranges.count - 1] = last.lowerBound...id
      } else {
        ranges.append(id...id)
      }
    }
    ids = ranges
  }

  /// Reads the text of a sealed erasure; `nil` of anything else.
  package init?(text: String) {
    guard let document = try? JSONDocument(Array(text.utf8).span) else { return nil }
    let bytes = Array(document.root["at"]?.json ?? [])
    guard bytes.count > 2, let time = UnixTime(rfc3339: bytes.span.extracting(1..<bytes.count - 1)),
      let ranges = document.root["ids"], let reason = document.root["reason"]?.string
    else { return nil }
    var ids: [ClosedRange<Int64>] = []
    for range in ranges.elements {
      let ends = range.elements.compactMap(\.integer)
      guard ends.count == 2, ends[0] <= ends[1] else { return nil }
      ids.append(ends[0]...ends[1])
    }
    (erasedAt, self.ids, self.reason) = (time, ids, reason)
  }

  /// How many events.
  package var count: Int { ids.reduce(0) { $0 + $1.count } }

  /// The text that is stored and sealed.
  package var text: String {
    let ranges = ids.map { "[\($0.lowerBound),\($0.upperBound)]" }.joined(separator: ",")
    return "{\"at\":\"\(erasedAt)\",\"count\":\(count),\"ids\":[\(ranges)],"
      + "\"reason\":\(JSONText.quoted(reason))}"
  }
}
