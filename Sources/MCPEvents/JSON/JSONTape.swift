/// Checks that bytes are one JSON value, in one pass, and records where its parts are.
///
/// The grammar is RFC 8259, without exceptions: UTF-8, escapes, surrogate pairs and numbers are
/// checked everywhere, also inside values that are not recorded. The memory is reused from scan to
/// scan, so that a scan allocates nothing once the tape has grown to its working size.
package struct JSONTape: Sendable {
  /// The most arrays and objects that may be open at once.
  package static let maximumDepth = 512

  /// The values in the order in which they begin; a key stands before its value.
  package private(set) var tokens: [JSONToken] = []

  /// The most arrays and objects that were open at once in the last scan.
  package private(set) var deepest = 0

  private struct OpenContainer: Sendable {
    let isObject: Bool
    let token: Int32
  }

  private var open: [OpenContainer] = []
  private let recordedDepth: Int
  private let depthLimit: Int

  /// Creates a tape.
  ///
  /// - Parameters:
  ///   - recordedDepth: How deep values are recorded: 1 is the members of an outer object. Deeper
  ///     ones are checked, and found only as part of the value that contains them.
  ///   - depthLimit: How many arrays and objects may be open at once.
  package init(recordedDepth: Int = maximumDepth, depthLimit: Int = maximumDepth) {
    self.recordedDepth = recordedDepth
    self.depthLimit = depthLimit
  }

  /// Scans `bytes`, which hold one value with white space around it.
  ///
  /// - Parameter bytes: The whole text.
  /// - Throws: A `JSONError` for the first thing that is wrong; the tokens are then meaningless.
  package mutating func scan(_ bytes: Span<UInt8>) throws(JSONError) {
    tokens.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    deepest = 0
    guard bytes.count < Int(Int32.max) else { throw JSONError(.tooLong, at: 0) }
    var index = bytes.skippingSpace(from: 0)
    guard index < bytes.count else { throw JSONError(.empty, at: index) }
    repeat {
      if try scanValue(bytes, &index) { continue }
      while try scanEnd(bytes, &index) {}
    } while !open.isEmpty
    guard index == bytes.count else { throw JSONError(.trailingBytes, at: index) }
  }

  /// Scans a value, or the beginning of one that is not empty.
  ///
  /// - Returns: Whether the next value begins at `index`, inside this one.
  @inline(__always)
  private mutating func scanValue(
    _ bytes: Span<UInt8>,
    _ index: inout Int
  ) throws(JSONError) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "\""):
      let (end, hasEscapes) = try bytes.endOfString(from: index + 1)
      record(.string, hasEscapes: hasEscapes, index + 1, end)
      index = end + 1
    case UInt8(ascii: "{"):
      try begin(.object, at: index)
      index = try bytes.startOfNext(from: index + 1)
      guard bytes[index] == UInt8(ascii: "}") else {
        try scanKey(bytes, &index)
        return true
      }
    case UInt8(ascii: "["):
      try begin(.array, at: index)
      index = try bytes.startOfNext(from: index + 1)
      return bytes[index] != UInt8(ascii: "]")
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
      let end = try bytes.endOfNumber(from: index)
      record(.number, index, end)
      index = end
    default:
      let (kind, end) = try bytes.endOfLiteral(from: index)
      record(kind, index, end)
      index = end
    }
    return false
  }

  /// Scans a key and the colon behind it.
  @inline(__always)
  private mutating func scanKey(_ bytes: Span<UInt8>, _ index: inout Int) throws(JSONError) {
    guard bytes[index] == UInt8(ascii: "\"") else { throw JSONError(.unexpectedByte, at: index) }
    let (end, hasEscapes) = try bytes.endOfString(from: index + 1)
    record(.string, hasEscapes: hasEscapes, index + 1, end)
    index = try bytes.startOfNext(from: end + 1)
    guard bytes[index] == UInt8(ascii: ":") else { throw JSONError(.unexpectedByte, at: index) }
    index = try bytes.startOfNext(from: index + 1)
  }

  /// Scans what stands behind a value: the end of its container, or what comes before the next one.
  ///
  /// - Returns: Whether a value ended, so that this is to be called again.
  @inline(__always)
  private mutating func scanEnd(
    _ bytes: Span<UInt8>,
    _ index: inout Int
  ) throws(JSONError) -> Bool {
    index = bytes.skippingSpace(from: index)
    guard let container = open.last else { return false }
    guard index < bytes.count else { throw JSONError(.truncated, at: index) }
    switch bytes[index] {
    case UInt8(ascii: ","):
      index = try bytes.startOfNext(from: index + 1)
      if container.isObject { try scanKey(bytes, &index) }
      return false
    case container.isObject ? UInt8(ascii: "}") : UInt8(ascii: "]"):
      index += 1
      end(at: index)
      return true
    default:
      throw JSONError(.unexpectedByte, at: index)
    }
  }

  @inline(__always)
  private mutating func record(
    _ kind: JSONToken.Kind,
    hasEscapes: Bool = false,
    _ start: Int,
    _ end: Int
  ) {
    guard open.count <= recordedDepth else { return }
    tokens.append(
      JSONToken(
        kind: kind,
        hasEscapes: hasEscapes,
        start: Int32(truncatingIfNeeded: start),
        end: Int32(truncatingIfNeeded: end),
        next: Int32(truncatingIfNeeded: tokens.count + 1)
      )
    )
  }

  private mutating func begin(_ kind: JSONToken.Kind, at index: Int) throws(JSONError) {
    guard open.count < depthLimit else { throw JSONError(.tooDeep, at: index) }
    let isRecorded = open.count <= recordedDepth
    record(kind, index, index)
    open.append(
      OpenContainer(isObject: kind == .object, token: isRecorded ? Int32(tokens.count - 1) : -1)
    )
    deepest = max(deepest, open.count)
  }

  private mutating func end(at index: Int) {
    guard let container = open.popLast(), container.token >= 0 else { return }
    tokens[Int(container.token)].end = Int32(truncatingIfNeeded: index)
    tokens[Int(container.token)].next = Int32(truncatingIfNeeded: tokens.count)
  }
}
