internal import MCPEvents

/// A JSON text that is changed where it stands: all that is not changed keeps its bytes.
///
/// What is added looks like what is around it. Values are those of ``document`` as it is now; after
/// a change they have to be looked up again.
struct JSONSource {
  private(set) var document: JSONDocument

  /// Reads a text.
  ///
  /// - Parameter bytes: One JSON value with white space around it.
  /// - Throws: A `JSONError` where it is none.
  init(_ bytes: [UInt8]) throws(JSONError) {
    document = try JSONDocument(bytes.span)
  }

  /// The text.
  var bytes: [UInt8] { document.bytes }

  /// The outermost value.
  var root: JSONValue { document.root }

  /// The value that the keys of objects lead to, one inside the other.
  subscript(path: [String]) -> JSONValue? {
    path.reduce(root as JSONValue?) { $0?[$1] }
  }

  // MARK: Changing

  /// Adds an item at the end of an object or array.
  ///
  /// - Parameters:
  ///   - node: The item.
  ///   - key: Its key in an object.
  ///   - value: The container.
  mutating func append(_ node: JSONNode, named key: String? = nil, to value: JSONValue) {
    let container = JSONContainer(value)
    guard let end = container.ends.last else { return fill(container, with: node, named: key) }
    let space = text(space(before: container.ends.count - 1, in: container))
    let gap = space.isEmpty ? layout.gap : space
    replace(end..<end, with: "," + gap + item(node, named: key, after: space))
  }

  /// Adds an element at the beginning of an array.
  mutating func prepend(_ node: JSONNode, to value: JSONValue) {
    let container = JSONContainer(value)
    guard !container.ends.isEmpty else { return fill(container, with: node) }
    let space = text(space(before: 0, in: container))
    let item = item(node, after: space) + ","
    let open = container.open
    replace(open..<open, with: space.isEmpty ? item + layout.gap : space + item)
  }

  /// Takes an item out of an object or array.
  ///
  /// - Parameters:
  ///   - index: Its place in the container.
  ///   - value: The container.
  mutating func remove(_ index: Int, from value: JSONValue) {
    let container = JSONContainer(value)
    let ends = container.ends
    if ends.count == 1 {
      replace(container.open..<container.close, with: "")
    } else if index == 0 {
      replace(container.open..<skippingSpace(from: ends[0]) + 1, with: "")
    } else {
      replace(ends[index - 1]..<ends[index], with: "")
    }
  }

  /// Puts another string in a value's place.
  mutating func replace(_ value: JSONValue, with text: String) {
    replace(value.json.indices, with: JSONText.quoted(text))
  }

  // MARK: Layout

  /// An empty container gets its first item.
  private mutating func fill(
    _ container: JSONContainer,
    with node: JSONNode,
    named key: String? = nil
  ) {
    let isRoot = root.json.startIndex + 1 == container.open
    let outer = isRoot ? "" : indentation(at: container.open)
    var layout = layout
    guard isRoot || bytes[root.json.indices].contains(UInt8(ascii: "\n")) else {
      return replace(container.open..<container.close, with: item(node, named: key, after: ""))
    }
    layout.newline = newline
    let before = newline + outer + layout.unit
    let text = before + item(node, named: key, after: before) + newline + outer
    replace(container.open..<container.close, with: text)
  }

  /// The text of an item that comes after `space`.
  private func item(_ node: JSONNode, named key: String? = nil, after space: String) -> String {
    var layout = layout
    let isOnLineOfItsOwn = space.utf8.contains(UInt8(ascii: "\n"))
    layout.newline = isOnLineOfItsOwn ? newline : nil
    let indentation = String(space.drop { $0.isNewline })
    let text = node.text(layout, at: indentation)
    return key.map { layout.member($0, text) } ?? text
  }

  /// How the text looks, but for its lines.
  private var layout: JSONLayout {
    var layout = JSONLayout()
    let container = JSONContainer(root)
    guard !container.ends.isEmpty else { return layout }
    let indentation = text(space(before: 0, in: container)).drop { $0.isNewline }
    if !indentation.isEmpty { layout.unit = String(indentation) }
    let value = root.entries.first?.value.json ?? []
    layout.isSpaced = value.startIndex > 0 && bytes[value.startIndex - 1] != UInt8(ascii: ":")
    return layout
  }

  private var newline: String { bytes.contains(UInt8(ascii: "\r")) ? "\r\n" : "\n" }

  /// What the line begins with that has the byte at `offset`.
  private func indentation(at offset: Int) -> String {
    let start = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return text(start..<min(skippingSpace(from: start), offset))
  }

  /// The white space before an item, after the bracket or comma.
  private func space(before index: Int, in container: JSONContainer) -> Range<Int> {
    let start = index == 0 ? container.open : skippingSpace(from: container.ends[index - 1]) + 1
    return start..<skippingSpace(from: start)
  }

  private func skippingSpace(from start: Int) -> Int {
    bytes[start...].firstIndex { ![0x20, 0x09, 0x0A, 0x0D].contains($0) } ?? bytes.endIndex
  }

  private func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private mutating func replace(_ range: Range<Int>, with text: String) {
    var changed = bytes
    changed.replaceSubrange(range, with: text.utf8)
    do throws(JSONError) {
      try document.parse(changed.span)
    } catch {
      preconditionFailure("a change must leave JSON: \(error)")
    }
  }
}

/// Where an object or array and its items are in the text.
private struct JSONContainer {
  /// The byte after the first bracket.
  let open: Int
  /// The second bracket.
  let close: Int
  /// The byte after each item's value.
  let ends: [Int]

  init(_ value: JSONValue) {
    open = value.json.startIndex + 1
    close = value.json.endIndex - 1
    ends =
      value.isObject
      ? value.entries.map(\.value.json.endIndex) : value.elements.map(\.json.endIndex)
  }
}
