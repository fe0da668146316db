/// Mends lines that a strict parser refuses, and that agents nevertheless write.
///
/// Terminal colours around JSON are dropped, raw control characters in strings escaped; halves of
/// surrogate pairs and bytes that are no UTF-8 become U+FFFD.
struct LineRepair {
  private var output: [UInt8] = []
  private var isInString = false

  /// Whether mending `line` may make a record of it: other lines are noise.
  static func mayHelp(_ line: Span<UInt8>) -> Bool {
    let first = line.firstVisibleByte
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// A mended copy of `line`.
  static func repaired(_ line: Span<UInt8>) -> [UInt8] {
    var repair = LineRepair()
    repair.output.reserveCapacity(line.count + 16)
    var index = line.startsWithByteOrderMark ? 3 : 0
    while index < line.count { index = repair.step(line, index) }
    return repair.output
  }

  /// Copies what stands at `index`.
  ///
  /// - Returns: The index of what comes next.
  private mutating func step(_ line: Span<UInt8>, _ index: Int) -> Int {
    let byte = line[index]
    if byte >= 0x80 { return copyScalar(line, index) }
    if isInString {
      if byte == UInt8(ascii: "\\") { return copyEscape(line, index) }
      if byte < 0x20 { return escape(byte, index) }
      if byte == UInt8(ascii: "\"") { isInString = false }
    } else {
      if let end = line.endOfTerminalSequence(from: index) { return end }
      if byte == UInt8(ascii: "\"") { isInString = true }
    }
    output.append(byte)
    return index + 1
  }

  private mutating func escape(_ byte: UInt8, _ index: Int) -> Int {
    let digits = Array("0123456789abcdef".utf8)
    output.append(contentsOf: "\\u00".utf8)
    output.append(digits[Int(byte >> 4)])
    output.append(digits[Int(byte & 15)])
    return index + 1
  }

  private mutating func copyEscape(_ line: Span<UInt8>, _ index: Int) -> Int {
    guard let unit = line.escapedUnit(at: index), (0xD800...0xDFFF).contains(unit) else {
      output.append(line[index])
      guard index + 1 < line.count, line[index + 1] < 0x80, line[index + 1] >= 0x20 else {
        return index + 1
      }
      output.append(line[index + 1])
      return index + 2
    }
    if unit < 0xDC00, let low = line.escapedUnit(at: index + 6), (0xDC00...0xDFFF).contains(low) {
      for place in index..<index + 12 { output.append(line[place]) }
      return index + 12
    }
    output.append(contentsOf: "\\ufffd".utf8)
    return index + 6
  }

  private mutating func copyScalar(_ line: Span<UInt8>, _ index: Int) -> Int {
    let length = line.scalarLength(at: index)
    guard length > 0 else {
      output.append(contentsOf: [0xEF, 0xBF, 0xBD])
      return index + 1
    }
    for place in index..<index + length { output.append(line[place]) }
    return index + length
  }
}

extension Span<UInt8> {
  /// The first byte that is no white space, nor part of a byte order mark or of a terminal's
  /// colours.
  package var firstVisibleByte: UInt8? {
    var index = startsWithByteOrderMark ? 3 : 0
    while index < count {
      if let end = endOfTerminalSequence(from: index) {
        index = end
      } else if self[index] > 0x20 {
        return self[index]
      } else {
        index += 1
      }
    }
    return nil
  }

  fileprivate var startsWithByteOrderMark: Bool {
    count >= 3 && self[0] == 0xEF && self[1] == 0xBB && self[2] == 0xBF
  }

  /// The value of the `\uXXXX` at `index`.
  fileprivate func escapedUnit(at index: Int) -> UInt32? {
    guard index + 6 <= count, self[index] == UInt8(ascii: "\\"),
      self[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var unit: UInt32 = 0
    for place in index + 2..<index + 6 {
      guard let digit = Character(Unicode.Scalar(self[place])).hexDigitValue, self[place] < 0x80
      else { return nil }
      unit = unit << 4 | UInt32(digit)
    }
    return unit
  }

  /// The length of the UTF-8 sequence at `index` (RFC 3629 §4); 0 when there is none.
  fileprivate func scalarLength(at index: Int) -> Int {
    let (length, second): (Int, ClosedRange<UInt8>) =
      switch self[index] {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xE1...0xEF: (3, 0x80...0xBF)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (0, 0x80...0xBF)
      }
    guard length > 0, index + length <= count, second.contains(self[index + 1]) else { return 0 }
    for place in index + 2..<index + length + (length < 2 ? 2 : 0)
    where self[place] & 0xC0 != 0x80 {
      return 0
    }
    return length
  }
}
