import MCPEvents
import Testing

@Suite struct `Line counts` {
  @Test func `add up to the lines`() {
    var counts = LineCounts()
    #expect(counts.lines == 0)
    (counts.events, counts.duplicates, counts.ignored, counts.blank, counts.rejected) = (
      1, 20, 300, 4000, 50_000
    )
    #expect(counts.lines == 54_321)
    counts += counts
    #expect(counts.lines == 108_642)
    #expect(
      [counts.events, counts.duplicates, counts.ignored, counts.blank, counts.rejected] == [
        2, 40, 600, 8000, 100_000,
      ]
    )
  }
}
