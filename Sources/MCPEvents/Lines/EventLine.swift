/// Writes events as lines of the line protocol.
///
/// The form is canonical: it is what archives hold, and what evidence is computed from. The keys
/// stand in this order, those of NULL columns are left out, `metadata` and `extra` are written as
/// they were given, times as RFC 3339 in UTC with milliseconds, and there is no white space. New
/// columns become new keys at the end, so that lines written before stay what they were.
package enum EventLine {
  /// Appends the line of `row`, without a line feed.
  ///
  /// - Parameters:
  ///   - row: The event; its id and instance sequence are assigned.
  ///   - batch: The batch that holds its texts.
  ///   - origin: The id of the database that first stored it.
  ///   - output: Where the line goes.
  package static func write(
    _ row: EventRow,
    of batch: EventBatch,
    origin: Span<UInt8>,
    into output: inout [UInt8]
  ) {
    let bytes = batch.bytes.span
    let capacity = fixedLength + JSONText.maximumLength(origin) + row.maximumLength(of: bytes)
    output.append(addingCapacity: capacity) { write(row, of: bytes, origin: origin, into: &$0) }
  }

  /// More than the keys, quotes, numbers, times and words take together.
  private static let fixedLength = 1024

  private static func write(
    _ row: EventRow,
    of bytes: Span<UInt8>,
    origin: Span<UInt8>,
    into output: inout OutputSpan<UInt8>
  ) {
    output.append("{\"kind\":\"event\",\"id\":")
    output.append(decimal: row.id)
    output.append(text: row.instanceID, of: bytes, ",\"instance_id\":")
    output.append(text: row.toolName, of: bytes, ",\"tool_name\":")
    output.append(row.outcome.isSuccess ? ",\"success\":true" : ",\"success\":false")
    output.append(text: row.errorMessage, of: bytes, ",\"error_message\":")
    output.append(json: row.metadata, of: bytes, ",\"metadata\":")
    output.append(text: row.gitCommitHash, of: bytes, ",\"git_commit_hash\":")
    output.append(text: row.statusChange, of: bytes, ",\"status_change\":")
    output.append(
      row.isStatusUpdating ? ",\"is_status_updating\":true" : ",\"is_status_updating\":false"
    )
    output.append(time: row.timestamp, ",\"timestamp\":\"")
    output.append(",\"outcome\":\"")
    output.append(row.outcome.word)
    output.append(UInt8(ascii: "\""))
    output.append(integer: row.duration, ",\"duration_us\":")
    output.append(text: row.serverName, of: bytes, ",\"server_name\":")
    if let kind = row.toolKind {
      output.append(",\"tool_kind\":\"")
      output.append(kind.word)
      output.append(UInt8(ascii: "\""))
    }
    output.append(text: row.sessionID, of: bytes, ",\"session_id\":")
    output.append(text: row.callID, of: bytes, ",\"call_id\":")
    output.append(text: row.parentCallID, of: bytes, ",\"parent_call_id\":")
    output.append(text: row.sourceFormat, of: bytes, ",\"source_format\":")
    output.append(time: row.receivedAt, ",\"received_at\":\"")
    output.append(json: row.extra, of: bytes, ",\"extra\":")
    output.append(text: row.eventUID, of: bytes, ",\"event_uid\":")
    output.append(",\"instance_seq\":")
    output.append(decimal: row.instanceSequence)
    output.append(integer: row.supersedes, ",\"supersedes\":")
    output.append(",\"origin\":")
    JSONText.write(origin, into: &output)
    output.append("}")
  }
}

extension EventRow {
  /// How many bytes the texts take in JSON at most.
  @inline(__always)
  fileprivate func maximumLength(of bytes: Span<UInt8>) -> Int {
    let texts: InlineArray<11, TextSlice> = [
      instanceID, toolName, errorMessage, gitCommitHash, statusChange, serverName, sessionID,
      callID, parentCallID, sourceFormat, eventUID,
    ]
    var length = 0
    for index in texts.indices { length += texts[index].count }
    if length > Self.shortTexts {
      length = 0
      for index in texts.indices {
        length += JSONText.maximumLength(bytes.extracting(texts[index].range))
      }
    } else {
      length *= JSONText.longestEscape
    }
    return length + metadata.count + extra.count
  }

  /// Up to how many bytes the texts are so short that space for the worst is no waste.
  private static let shortTexts = 2048
}

extension OutputSpan<UInt8> {
  @inline(__always)
  fileprivate mutating func append(text: TextSlice, of bytes: Span<UInt8>, _ key: StaticString) {
    guard !text.isNone else { return }
    append(key)
    JSONText.write(bytes.extracting(text.range), into: &self)
  }

  @inline(__always)
  fileprivate mutating func append(json: TextSlice, of bytes: Span<UInt8>, _ key: StaticString) {
    guard !json.isNone else { return }
    append(key)
    append(copying: bytes.extracting(json.range))
  }

  @inline(__always)
  fileprivate mutating func append(integer: Int64?, _ key: StaticString) {
    guard let integer else { return }
    append(key)
    append(decimal: integer)
  }

  @inline(__always)
  fileprivate mutating func append(time: UnixTime, _ key: StaticString) {
    append(key)
    append(copying: time.text.span)
    append(UInt8(ascii: "\""))
  }
}
