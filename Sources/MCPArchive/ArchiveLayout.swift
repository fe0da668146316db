/// How the records of an archive are laid out.
package struct ArchiveLayout: Hashable, Sendable {
  /// What stands around the records.
  package enum Framing: Hashable, Sendable {
    /// Nothing: one record a line, the header first, the summary last.
    case lines
    /// One JSON object with an array for each kind of record.
    case document
  }

  package let framing: Framing
  /// Whether the bytes are compressed by gzip.
  package let isCompressed: Bool

  /// What goes to standard output: compressed lines.
  package static let standard = Self(framing: .lines, isCompressed: true)

  package init(framing: Framing, isCompressed: Bool) {
    self.framing = framing
    self.isCompressed = isCompressed
  }

  /// Takes the layout that a file's name says.
  ///
  /// - Parameter name: The name, which ends with `.jsonl`, `.json`, or either and `.gz`.
  /// - Throws: An ``ArchiveError`` for any other name.
  package init(name: String) throws(ArchiveError) {
    let isCompressed = name.hasSuffix(".gz")
    let base = isCompressed ? String(name.dropLast(".gz".count)) : name
    if base.hasSuffix(".jsonl") {
      self.init(framing: .lines, isCompressed: isCompressed)
    } else if base.hasSuffix(".json") {
      self.init(framing: .document, isCompressed: isCompressed)
    } else {
      throw ArchiveError(
        .name,
        "the name of an archive says its layout: end '\(name)' with .jsonl.gz or .jsonl (one record "
          + "a line), or with .json.gz or .json (one JSON document)"
      )
    }
  }
}
