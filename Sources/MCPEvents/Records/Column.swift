/// A column of a table whose rows can be upserted: its name and what it holds.
package struct Column: Hashable, Sendable {
  /// What a column holds.
  package enum Content: Hashable, Sendable {
    /// 1 to 1024 bytes of text without U+0000.
    case identifier
    /// Up to 64 KiB of text without U+0000.
    case name
    /// Any text.
    case text
    /// A whole number in a range.
    case integer(ClosedRange<Int64>)
    case time
    /// Any JSON value.
    case json
    /// A word of an open vocabulary.
    case instanceType, instanceStatus, relationshipType
  }

  /// Who gives a column its value.
  package enum Role: Hashable, Sendable {
    /// Part of the key by which a row is found.
    case key
    /// Given by the writer.
    case given
    /// Assigned by the database; what a line says of it is not taken.
    case assigned
  }

  package let name: String
  package let content: Content
  package let role: Role

  init(_ name: String, _ content: Content, _ role: Role = .given) {
    self.name = name
    self.content = content
    self.role = role
  }
}
