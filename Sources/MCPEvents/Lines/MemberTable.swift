/// The members of one scanned line, found by field.
struct MemberTable: Sendable {
  private static let absent: Int32 = -1

  /// For each field the index of its value's token; of several the first.
  private var values = InlineArray<26, Int32>(repeating: absent)

  /// The indices of the keys that are no fields.
  private(set) var unknownKeys: [Int32] = []

  /// The first known key that stands there twice.
  private(set) var duplicate: EventField?

  /// Whether `kind` stands there twice.
  private(set) var hasTwoKinds = false

  private(set) var hasType = false
  private(set) var hasAgentMark = false

  /// Sorts the members of the outer object of `tape`; of another value there are none.
  mutating func fill(from tape: JSONTape, _ line: Span<UInt8>) {
    values = InlineArray(repeating: Self.absent)
    unknownKeys.removeAll(keepingCapacity: true)
    (duplicate, hasTwoKinds, hasType, hasAgentMark) = (nil, false, false, false)
    guard tape.tokens[0].kind == .object else { return }
    var index = 1
    while index < tape.tokens.count {
      let name = tape.tokens[index]
      name.withText(of: line) { (key) in add(key, at: index) }
      index = Int(tape.tokens[index + 1].next)
    }
  }

  @inline(__always)
  private mutating func add(_ key: Span<UInt8>, at index: Int) {
    guard let field = EventField.named(key) else {
      unknownKeys.append(Int32(truncatingIfNeeded: index))
      hasType = hasType || key.equals("type")
      hasAgentMark = hasAgentMark || key.equals("jsonrpc") || key.equals("hook_event_name")
      return
    }
    guard values[field.rawValue] == Self.absent else {
      duplicate = duplicate ?? field
      hasTwoKinds = hasTwoKinds || field == .kind
      return
    }
    values[field.rawValue] = Int32(truncatingIfNeeded: index + 1)
  }

  /// The token of the field's value; `nil` when the field is absent or null.
  @inline(__always)
  func value(_ field: EventField, in tape: JSONTape) -> JSONToken? {
    let index = values[field.rawValue]
    guard index != Self.absent else { return nil }
    let token = tape.tokens[Int(index)]
    return token.kind == .null ? nil : token
  }
}
