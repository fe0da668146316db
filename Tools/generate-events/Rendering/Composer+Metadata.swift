extension Composer {
  private static let paths: Template = #""paths":["\#(.file)"],"#
  private static let usage: Template =
    #","usage":{"input_tokens":\#(.number)\#(.digit)\#(.digit),"output_tokens":\#(.number)}"#
  private static let result: Template = #","result":{"lines":\#(.number),"text":""#

  /// What the smallest metadata with a file, arguments, usage, or text needs.
  private static let room = (paths: 120, arguments: 48, usage: 220, result: 130)
  private static let closing = 3

  /// Appends a nested object of about `size` bytes.
  ///
  /// The fewer bytes there may be, the more is left out; the least is one small member.
  mutating func appendMetadata(of tool: Tool, size: Int, to line: inout [UInt8]) {
    guard size >= Self.room.arguments else {
      append(#"{"step":\#(.number)}"#, to: &line)
      return
    }
    let end = line.count + size
    line.append(UInt8(ascii: "{"))
    if size >= Self.room.paths, tool.namesFile { append(Self.paths, to: &line) }
    line.append(#""args":{"#)
    append(tool.arguments, to: &line)
    line.append(UInt8(ascii: "}"))
    if size >= Self.room.usage { append(Self.usage, to: &line) }
    if size >= Self.room.result { appendResult(until: end - Self.closing, to: &line) }
    line.append(UInt8(ascii: "}"))
  }

  private mutating func appendResult(until end: Int, to line: inout [UInt8]) {
    append(Self.result, to: &line)
    appendText(until: end, to: &line)
    line.append(#""}"#)
  }
}
