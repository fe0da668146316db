import Testing

/// A change of a record that a store must refuse, and the field that its error must name.
struct Refused<Record>: Sendable, CustomTestStringConvertible {
  let field: String
  let change: @Sendable (inout Record) -> Void

  init(_ field: String, _ change: @escaping @Sendable (inout Record) -> Void) {
    self.field = field
    self.change = change
  }

  var testDescription: String { field }
}
