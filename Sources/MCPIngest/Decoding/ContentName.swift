internal import Crypto
internal import MCPEvents

/// Names events that have no uid of their own by what they say.
enum ContentName {
  /// Gives the last event of a batch the uid `content:DIGEST`, unless it has one.
  ///
  /// The digest is the first 128 bits of a SHA-256 over instance, tool, time and metadata, each
  /// preceded by its length.
  static func give(_ batch: inout EventBatch) {
    guard let row = batch.rows.last, row.eventUID.isNone else { return }
    var hasher = SHA256()
    for slice in [row.instanceID, row.toolName, row.metadata] {
      hasher.update(data: Array("\(slice.isNone ? -1 : slice.range.count):".utf8))
      hasher.update(data: Array(batch.bytes[slice.range]))
    }
    hasher.update(data: Array("\(row.timestamp.milliseconds)".utf8))
    let name = "content:" + Hexadecimal.text(Array(hasher.finalize().prefix(16)))
    let slice = batch.appendText(name)
    batch.rows[batch.rows.count - 1].eventUID = slice
  }
}
