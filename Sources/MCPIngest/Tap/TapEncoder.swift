internal import Synchronization

internal import MCPEvents
internal import MCPSystem

/// Writes traffic as lines into the pipe that the recorder reads, on a thread of its own.
final class TapEncoder: Sendable {
  /// The longest message that is recorded.
  static let maximumMessageLength = 64 << 20

  /// The longest record of such a message, whose quotes and backslashes take two bytes in it.
  static let maximumRecordLength = 2 * maximumMessageLength + 4096

  /// How long traffic gathers, so that a burst does not wake this thread for each message.
  private static let gatheringTime: UInt32 = 5000

  private let traffic: TapTraffic
  private let serverName: String?
  private let dropped = Mutex<Int64>(0)

  /// Prepares to write.
  ///
  /// - Parameters:
  ///   - traffic: What.
  ///   - serverName: What the user calls the server.
  init(_ traffic: TapTraffic, serverName: String?) {
    self.traffic = traffic
    self.serverName = serverName
  }

  /// How many messages were not recorded.
  var droppedMessages: Int64 { dropped.withLock { $0 } }

  /// Writes until the traffic has ended.
  ///
  /// - Parameter pipe: The number of a descriptor, which it closes.
  func work(_ pipe: CInt) {
    let output = FileDescriptor(owning: pipe)
    var isRead = true
    var lines = TapDirection.allCases.map {
      TapLines($0, maximumLength: Self.maximumMessageLength)
    }
    var reported: Int64 = 0
    var buffer: [UInt8] = []
    while let items = traffic.take() {
      for item in items {
        encode(item, &lines, &buffer)
        if buffer.count > LineBuffer.defaultReadSize { isRead = write(&buffer, output, isRead) }
      }
      let total = lines.reduce(0) { $0 + $1.droppedLines }
      if total > reported { report(lines, since: reported, into: &buffer) }
      reported = total
      dropped.withLock { $0 = total }
      isRead = write(&buffer, output, isRead)
      Sleep.microseconds(Self.gatheringTime)
    }
  }

  private func encode(_ item: TapTraffic.Item, _ lines: inout [TapLines], _ buffer: inout [UInt8]) {
    switch item {
    case .bytes(let direction, let bytes, let microseconds):
      lines[direction.index].add(bytes.span, at: microseconds, into: &buffer)
    case .gap(let direction, let gap): lines[direction.index].add(gap)
    }
  }

  /// Writes the buffer out and empties it.
  ///
  /// - Returns: Whether it is read.
  private func write(
    _ buffer: inout [UInt8],
    _ output: borrowing FileDescriptor,
    _ isRead: Bool
  ) -> Bool {
    defer { buffer.removeAll(keepingCapacity: buffer.capacity <= 1 << 20) }
    return isRead && (try? output.write(all: buffer.span)) != nil
  }

  /// Appends the event that says what was dropped.
  private func report(_ lines: [TapLines], since reported: Int64, into buffer: inout [UInt8]) {
    let messages = lines.reduce(0) { $0 + $1.droppedLines } - reported
    var members = [
      "\"tool_name\":\"tap.dropped\"", "\"outcome\":\"error\"",
      "\"error_message\":\"\(messages) messages were passed on and not recorded\"",
      "\"timestamp\":\(SystemClock.unixMilliseconds)",
      "\"metadata\":{\"messages\":\(messages)}", "\"source_format\":\"mcp.tap\"",
    ]
    if let serverName { members.append("\"server_name\":" + JSONText.quoted(serverName)) }
    buffer.append(contentsOf: "{\(members.joined(separator: ","))}\n".utf8)
  }
}

extension TapDirection {
  /// Its place among all directions.
  fileprivate var index: Int { self == .clientToServer ? 0 : 1 }
}
