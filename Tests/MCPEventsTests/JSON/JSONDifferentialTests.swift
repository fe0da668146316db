import Foundation
import MCPEvents
import Testing

@Suite struct `JSON against Foundation` {
  @Test(arguments: seeds)
  func `valid text means the same to both`(seed: UInt64) throws {
    var generator = JSONGenerator(seed: seed)
    for _ in 0..<400 {
      let text = generator.value()
      let document = try JSONDocument(Array(text.utf8).span)
      let expected = try JSONSerialization.jsonObject(
        with: Data(text.utf8),
        options: .fragmentsAllowed
      )
      #expect(isSame(document.root, expected), "\(text)")
    }
  }

  /// Foundation takes some texts that are no JSON; what it refuses must be refused, and what it
  /// takes too unless a stricter rule of RFC 8259 says otherwise.
  @Test(arguments: seeds)
  func `damaged text is judged alike`(seed: UInt64) {
    var generator = JSONGenerator(seed: seed)
    for _ in 0..<1500 {
      let text = generator.object()
      let bytes = generator.damaged(text)
      let isTaken = (try? JSONDocument(bytes.span)) != nil
      let isTakenByFoundation =
        (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
      if isTaken != isTakenByFoundation {
        #expect(
          !isTaken && isKnownLeniency(bytes),
          "\(isTaken) \(String(decoding: bytes, as: UTF8.self)) \(bytes)"
        )
      }
    }
  }

  /// Whether the text has a comma before a closing bracket, which Foundation overlooks.
  private func isKnownLeniency(_ bytes: [UInt8]) -> Bool {
    let text = bytes.filter { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return zip(text, text.dropFirst()).contains { $0 == 0x2C && ($1 == 0x5D || $1 == 0x7D) }
  }

  private func isSame(_ value: JSONValue, _ other: Any) -> Bool {
    switch value.kind {
    case .null: other is NSNull
    case .true, .false: (other as? NSNumber)?.boolValue == value.bool
    case .number: (other as? NSNumber)?.doubleValue == value.double
    case .string: other as? String == value.string && isSameBytes(value, other)
    case .array:
      isSame(Array(value.elements), other as? [Any] ?? [value])
    case .object: isSameObject(value, other as? [String: Any])
    }
  }

  private func isSameBytes(_ value: JSONValue, _ other: Any) -> Bool {
    value.string.map { Array($0.utf8) } == (other as? String).map { Array($0.utf8) }
  }

  private func isSame(_ elements: [JSONValue], _ others: [Any]) -> Bool {
    elements.count == others.count && zip(elements, others).allSatisfy { isSame($0, $1) }
  }

  private func isSameObject(_ value: JSONValue, _ other: [String: Any]?) -> Bool {
    guard let other else { return false }
    // Of keys that stand there twice Foundation keeps the last.
    let members = Dictionary(value.entries.map { ($0.key, $0.value) }) { $1 }
    return members.count == other.count
      && members.allSatisfy { key, member in other[key].map { isSame(member, $0) } ?? false }
  }
}
