import MCPSystem

/// What lines a stream has, said in the plainest way: the model for the buffer.
func modelLines(of bytes: [UInt8], maximumLineLength: Int = .max) -> [RecordedLine] {
  var lines: [RecordedLine] = []
  var offset = 0
  while offset < bytes.count {
    let newline = bytes[offset...].firstIndex(of: UInt8(ascii: "\n"))
    let next = newline.map { $0 + 1 } ?? bytes.count
    var content = bytes[offset..<(newline ?? next)]
    if offset == 0, content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    if content.last == UInt8(ascii: "\r") { content = content.dropLast() }
    let position = LinePosition(
      number: Int64(lines.count + 1),
      offset: Int64(offset),
      length: Int64(next - offset),
      isTerminated: newline != nil
    )
    let isInParts = content.count > maximumLineLength
    lines.append(
      RecordedLine(bytes: Array(content), position: position, isInParts: isInParts)
    )
    offset = next
  }
  return lines
}

/// What the buffer makes of a stream.
func bufferLines(
  of bytes: [UInt8],
  chunkSize: Int,
  maximumLineLength: Int = LineBuffer.defaultMaximumLineLength,
  readSize: Int = LineBuffer.defaultReadSize
) throws -> [RecordedLine] {
  var source = ChunkedSource(bytes, chunkSize: chunkSize)
  var recorder = LineRecorder()
  var buffer = try LineBuffer(maximumLineLength: maximumLineLength, readSize: readSize)
  while try buffer.read(from: &source) > 0 { try buffer.deliver(to: &recorder) }
  try buffer.finish(to: &recorder)
  return recorder.lines
}
