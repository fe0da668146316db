import MCPEvents

/// One decoded event line.
struct Decoded {
  let batch: EventBatch
  let row: EventRow

  /// The moment at which lines of tests are read.
  static let receivedAt = UnixTime(milliseconds: 1_795_338_843_512)

  init(_ batch: EventBatch) {
    self.batch = batch
    row = batch.rows[batch.rows.count - 1]
  }

  func text(_ slice: TextSlice) -> String? { batch.optionalString(slice) }

  var metadata: String? { text(row.metadata) }
  var extra: String? { text(row.extra) }
  var instance: String? { text(row.instanceID) }
  var tool: String? { text(row.toolName) }
  var message: String? { text(row.errorMessage) }
  var uid: String? { text(row.eventUID) }

  /// The canonical line of the event, with its numbers assigned.
  func line(origin: String = "0123456789abcdef", _ change: (inout EventRow) -> Void = { _ in })
    -> String
  {
    var row = row
    (row.id, row.instanceSequence) = (1, 1)
    change(&row)
    var output: [UInt8] = []
    EventLine.write(row, of: batch, origin: Array(origin.utf8).span, into: &output)
    return String(decoding: output, as: UTF8.self)
  }

  /// Everything of the event that the line protocol carries.
  var content: [String?] {
    [
      instance, tool, row.outcome.rawValue, message, metadata, text(row.gitCommitHash),
      text(row.statusChange), "\(row.isStatusUpdating)", row.timestamp.description,
      row.duration.map { "\($0)" }, text(row.serverName), row.toolKind?.rawValue,
      text(row.sessionID), text(row.callID), text(row.parentCallID), text(row.sourceFormat), extra,
    ]
  }
}

extension LineDecoder.Result {
  /// The name of the case.
  var name: String {
    switch self {
    case .event: "event"
    case .patch(let patch): patch.kind.rawValue
    case .ignored: "ignored"
    case .foreign: "foreign"
    }
  }
}

/// What a decoder makes of one line, and the batch after it.
func result(
  of line: [UInt8],
  _ decoder: LineDecoder = LineDecoder()
) throws(LineRejection) -> (result: LineDecoder.Result, batch: EventBatch) {
  var decoder = decoder
  var batch = EventBatch()
  let result = try decoder.decode(
    line.span,
    at: LinePosition(number: 1, offset: 0, length: Int64(line.count)),
    receivedAt: Decoded.receivedAt,
    into: &batch
  )
  return (result, batch)
}

func kind(of line: String, _ decoder: LineDecoder = LineDecoder()) throws(LineRejection) -> String {
  try result(of: Array(line.utf8), decoder).result.name
}

/// The event of a line that holds one.
func event(
  _ line: String,
  _ decoder: LineDecoder = LineDecoder()
) throws(LineRejection) -> Decoded {
  let (result, batch) = try result(of: Array(line.utf8), decoder)
  guard case .event = result else {
    throw LineRejection(.unknownFormat, "not an event, but \(result.name)")
  }
  return Decoded(batch)
}

/// An event line of the fields that must be there, with `members` between the braces as well.
func event(with members: String) throws(LineRejection) -> Decoded {
  try event(#"{"instance_id":"i","tool_name":"t","success":true,\#(members)}"#)
}

/// The instance, relationship or issue of a line that holds one.
func patch(_ line: String) throws(LineRejection) -> RecordPatch {
  let result = try result(of: Array(line.utf8)).result
  guard case .patch(let patch) = result else {
    throw LineRejection(.unknownFormat, "not a patch, but \(result.name)")
  }
  return patch
}

/// Why `body` rejects its line; `nil` when it does not.
func rejection<Value>(_ body: @autoclosure () throws(LineRejection) -> Value) -> LineRejection? {
  do throws(LineRejection) {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

/// Event lines that use every field and every kind of text.
let sampleLines = [
  #"{"instance_id":"work-123-a1","tool_name":"edit_file","success":true,"metadata":{"file":"src/main.ts","lines":50}}"#,
  #"{"kind":"event","id":7,"instance_id":"wörk \"1\"","tool_name":"a\\b","success":false,"error_message":"line\nbreak \u0000 \ud83d\ude00 é","metadata":[1,2.5e3,{"a":null}],"git_commit_hash":"3f786850","status_change":"pr_created","is_status_updating":true,"timestamp":"2026-11-22T09:14:03.512Z","outcome":"timeout","duration_us":15320,"server_name":"fs","tool_kind":"edit","session_id":"s","call_id":"c","parent_call_id":"p","source_format":"claude.stream","received_at":"2026-11-22T09:14:04.000Z","extra":{"x":1},"event_uid":"claude:s:c","instance_seq":3,"supersedes":6,"origin":"0123456789abcdef"}"#,
  #" { "tool_name" : "t" , "instance_id" : "i" , "outcome" : "ok" , "metadata" : "{\"a\":\n1}" , "x" : [ ] , "timestamp" : 1763802843.5 } "#,
]
