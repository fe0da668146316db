import MCPEvents
import MCPStore
import Testing

@testable import MCPArchive

@Suite struct `A filter in the header` {
  @Test func `is empty for everything`() {
    #expect(FilterText.json(RecordFilter()) == "{}")
  }

  @Test func `names the flags, with times that stay what they were`() {
    var filter = RecordFilter()
    filter.instances.names = ["work-*", "!\"x\""]
    filter.instances.issues = [7, 8]
    filter.instances.labels = [LabelCondition(key: "job", value: "47*")]
    filter.events.isFailed = true
    filter.since = UnixTime(milliseconds: 1_795_338_843_000)
    #expect(
      FilterText.json(filter)
        == #"{"instance":["work-*","!\"x\""],"issue":[7,8],"label":["job=47*"],"failed":true,"#
        + #""since":"2026-11-22T09:14:03.000Z"}"#
    )
  }
}
