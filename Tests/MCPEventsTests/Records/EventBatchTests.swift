import MCPEvents
import Testing

@Suite struct `Event batch` {
  private let position = LinePosition(number: 1, offset: 0, length: 5)

  private func filled() -> EventBatch {
    var batch = EventBatch()
    batch.beginLine(Array("first".utf8).span, at: position)
    var row = EventRow()
    row.toolName = batch.appendText("tool")
    batch.append(row)
    return batch
  }

  @Test func `takes a line back with everything that came from it`() {
    let before = filled()
    var batch = before
    batch.beginLine(Array("second".utf8).span, at: position)
    _ = batch.appendText("text")
    batch.append(EventRow())
    batch.append(EventRow())
    batch.cancelLine()
    #expect(batch.bytes == before.bytes)
    #expect(batch.lines.count == 1)
    #expect(batch.rows.map(\.line) == [0])
    #expect(batch.string(batch.rows[0].toolName) == "tool")
  }

  @Test func `can take back every line, and one more`() {
    var batch = filled()
    batch.cancelLine()
    batch.cancelLine()
    #expect(batch.isEmpty)
    #expect(batch.bytes.isEmpty)
  }

  @Test func `tells no text from an empty one`() {
    var batch = EventBatch()
    let empty = batch.appendText("")
    #expect(batch.optionalString(empty) == "")
    #expect(batch.optionalString(.none) == nil)
    #expect(batch.appendText(nil).isNone)
    #expect(batch.string(.none) == "")
  }

  @Test func `keeps its memory when it is emptied, unless it is large`() {
    var batch = filled()
    let capacity = batch.bytes.capacity
    batch.removeAll()
    #expect(batch.isEmpty)
    #expect(batch.bytes.capacity == capacity)
    batch.beginLine([UInt8](repeating: 0x20, count: 9 << 20).span, at: position)
    batch.removeAll()
    #expect(batch.bytes.capacity < 1 << 20)
  }

  @Test func `of records takes a line back with its changes`() throws {
    var batch = RecordBatch()
    let change = RecordBatch.Step.Change.close(eventUID: "u")
    batch.append(change)
    batch.cancelLine()
    #expect(batch.steps.map(\.line) == [-1])
    batch.events.beginLine(Array("a".utf8).span, at: position)
    batch.append(change)
    batch.events.append(EventRow())
    batch.events.beginLine(Array("b".utf8).span, at: position)
    batch.append(change)
    batch.append(change)
    batch.cancelLine()
    #expect(batch.steps.map(\.line) == [-1, 0])
    #expect(batch.steps.map(\.row) == [0, 0])
    #expect(batch.events.count == 1)
    batch.removeAll()
    #expect(batch.isEmpty)
  }
}
