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

  /// Appends the bytes from `start` on up to the first that must be escaped in a JSON string.
  ///
  /// That is a quote, a backslash or a control character. There must be room for all bytes.
  ///
  /// - Returns: The index of that byte; the count when there is none.
  @inline(__always)
  mutating func append(unescaped bytes: Span<UInt8>, from start: Int) -> Int {
    precondition(bytes.count - start <= freeCapacity, Self.noRoom)
    return unsafe withUnsafeMutableBufferPointer { buffer, count in
      let end = unsafe bytes.withUnsafeBytes { bytes in
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
        )
        return unsafe bytes.copyUnescaped(from: start, to: rest)
      }
      count += end - start
      return end
    }
  }

  /// Appends the UTF-8 bytes of `text`, for which there must be room.
  @inline(__always)
  mutating func append(_ text: StaticString) {
    unsafe append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  @inline(__always)
  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    precondition(bytes.count <= freeCapacity, Self.noRoom)
    unsafe withUnsafeMutableBufferPointer { buffer, count in
      let rest = unsafe UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
      )
      unsafe rest.copyMemory(from: bytes)
      count += bytes.count
    }
  }

  private static var noRoom: String { "what is written must have been made room for" }
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
    while index < count, marks(unsafe wordOfByte(at: index)) == 0 {
      index += 1
    }
    return index
  }

  /// One byte among seven that need no care.
  @inline(__always)
  private func wordOfByte(at index: Int) -> UInt64 {
    UInt64(unsafe self[index]) | 0x6161_6161_6161_6100
  }

  /// Copies the bytes from `start` on up to the first that must be escaped in a JSON string.
  ///
  /// Looked at and copied in one go, eight bytes at a time, the last eight perhaps twice.
  ///
  /// - Returns: The index of that byte; the count when there is none.
  @inline(__always)
  fileprivate func copyUnescaped(from start: Int, to output: UnsafeMutableRawBufferPointer) -> Int {
    var index = start
    while count - index >= 8 {
      let found = unsafe copyWord(at: index, to: output, index - start)
      if found != 0 { return index + found.trailingZeroBitCount >> 3 }
      index += 8
    }
    if index < count, count - start >= 8 {
      let found = unsafe copyWord(at: count - 8, to: output, count - 8 - start)
      return found == 0 ? count : count - 8 + found.trailingZeroBitCount >> 3
    }
    while index < count, unsafe wordOfByte(at: index).jsonSpecialMarks == 0 {
      unsafe output[index - start] = self[index]
      index += 1
    }
    return index
  }

  /// Copies eight bytes.
  ///
  /// - Returns: The marks of those that must be escaped.
  @inline(__always)
  private func copyWord(
    at index: Int,
    to output: UnsafeMutableRawBufferPointer,
    _ offset: Int
  ) -> UInt64 {
    let word = unsafe word(at: index)
    unsafe output.storeBytes(of: word, toByteOffset: offset, as: UInt64.self)
    return UInt64(littleEndian: word).jsonSpecialMarks
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
