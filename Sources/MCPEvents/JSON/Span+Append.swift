// The module's only file with pointers. Each function here reads and writes within bounds it has
// checked itself, and no pointer leaves it.

extension [UInt8] {
  /// Appends a copy of `bytes`.
  ///
  /// A loop over the span is ten times as slow as the `memcpy` that `append(contentsOf:)` does for
  /// a buffer, which does not outlive the call.
  @inline(__always)
  package mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Appends the UTF-8 bytes of `text`, which live as long as the program.
  @inline(__always)
  package mutating func append(_ text: StaticString) {
    unsafe append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
  }
}

extension OutputSpan<UInt8> {
  /// Appends a copy of `bytes`, for which there must be room.
  @inline(__always)
  mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBytes { unsafe append($0) }
  }

  /// Appends the UTF-8 bytes of `text`, for which there must be room.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    unsafe append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(__always)
  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count <= freeCapacity, "what is written must have been made room for")
    unsafe withUnsafeMutableBufferPointer { buffer, count in
      let rest = unsafe UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
      )
      unsafe rest.copyMemory(from: bytes)
      count += bytes.count
    }
  }
}

extension [UInt8] {
  /// Copies `bytes`.
  package init(copying bytes: Span<UInt8>) {
    self.init()
    append(copying: bytes)
  }
}

extension Span<UInt8> {
  /// Whether the span holds exactly the UTF-8 bytes of `text`.
  @inline(__always)
  package func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    return unsafe withUnsafeBytes { bytes in
      unsafe bytes.hasSameBytes(
        as: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      )
    }
  }

  /// Whether both spans hold the same bytes.
  package func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    return unsafe withUnsafeBytes { bytes in
      unsafe other.withUnsafeBytes { unsafe bytes.hasSameBytes(as: $0) }
    }
  }

  /// The index of the first byte from `start` on that needs care in a JSON string: a quote, a
  /// backslash, a control character or a byte above 0x7F; the count when there is none.
  @inline(__always)
  func endOfPlainASCII(from start: Int) -> Int {
    unsafe withUnsafeBytes { bytes in
      unsafe bytes.firstMark(from: start) { $0.jsonSpecialMarks | $0 & Self.highBits }
    }
  }

  /// The index of the first byte from `start` on that must be escaped in a JSON string: a quote,
  /// a backslash or a control character; the count when there is none.
  @inline(__always)
  func endOfUnescaped(from start: Int) -> Int {
    unsafe withUnsafeBytes { bytes in
      unsafe bytes.firstMark(from: start) { $0.jsonSpecialMarks }
    }
  }

  private static var highBits: UInt64 { 0x8080_8080_8080_8080 }
}

extension UInt64 {
  /// The high bit of each byte that is a quote, a backslash or below 0x20.
  ///
  /// A subtraction borrows from the next byte, so that only the lowest mark is to be believed.
  @inline(__always)
  fileprivate var jsonSpecialMarks: UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let quotes = self ^ (ones &* 0x22)
    let backslashes = self ^ (ones &* 0x5C)
    let marks =
      (quotes &- ones) & ~quotes
      | (backslashes &- ones) & ~backslashes
      | (self &- ones &* 0x20) & ~self
    return marks & (ones &* 0x80)
  }
}

extension UnsafeRawBufferPointer {
  /// The index of the first byte from `start` on that `marks` finds, eight bytes at a time.
  @inline(__always)
  fileprivate func firstMark(from start: Int, _ marks: (UInt64) -> UInt64) -> Int {
    var index = start
    while count - index >= 8 {
      let word = unsafe UInt64(
        littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self)
      )
      let found = marks(word)
      if found != 0 { return index + found.trailingZeroBitCount >> 3 }
      index += 8
    }
    while index < count, marks(UInt64(unsafe self[index]) | 0x6161_6161_6161_6100) == 0 {
      index += 1
    }
    return index
  }

  /// Whether two buffers of one length are equal: the last eight bytes may be compared twice.
  @inline(__always)
  fileprivate func hasSameBytes(as other: UnsafeRawBufferPointer) -> Bool {
    guard count >= 8 else {
      for index in 0..<count where unsafe self[index] != other[index] { return false }
      return true
    }
    var index = 0
    while index < count - 8 {
      guard unsafe word(at: index) == other.word(at: index) else { return false }
      index += 8
    }
    return unsafe word(at: count - 8) == other.word(at: count - 8)
  }

  @inline(__always)
  private func word(at index: Int) -> UInt64 {
    unsafe loadUnaligned(fromByteOffset: index, as: UInt64.self)
  }
}
