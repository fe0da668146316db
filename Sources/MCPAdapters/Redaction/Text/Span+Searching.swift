extension Span<UInt8> {
  /// The index of the first byte from `start` on that is not in `bytes`, at most `limit` bytes on.
  @inline(__always)
  func end(of bytes: ByteClass, from start: Int, limit: Int = Int.max) -> Int {
    let end = limit < count - start ? start + limit : count
    var index = start
    while index < end, bytes.contains(self[index]) { index += 1 }
    return index
  }

  /// The index of the first of the bytes before `end` that are all in `bytes`.
  @inline(__always)
  func start(of bytes: ByteClass, before end: Int, after floor: Int, limit: Int) -> Int {
    let floor = Swift.max(floor, end - limit)
    var index = end
    while index > floor, bytes.contains(self[index - 1]) { index -= 1 }
    return index
  }

  /// The index of the first byte from `start` on that is no space and no tab.
  func endOfBlanks(from start: Int) -> Int {
    var index = start
    while index < count, self[index] == 0x20 || self[index] == 0x09 { index += 1 }
    return index
  }

  /// Whether `byte` stands in `range`.
  func contains(_ byte: UInt8, in range: Range<Int>) -> Bool {
    for index in range where self[index] == byte { return true }
    return false
  }

  /// Whether `text` stands at `start`.
  func has(_ text: some Collection<UInt8>, at start: Int) -> Bool {
    guard start >= 0, text.count <= count - start else { return false }
    var index = start
    for byte in text {
      guard self[index] == byte else { return false }
      index += 1
    }
    return true
  }

  /// Whether `text`, which is in lower case, stands at `start` in upper or lower case.
  func hasFolded(_ text: some Collection<UInt8>, at start: Int) -> Bool {
    guard start >= 0, text.count <= count - start else { return false }
    var index = start
    for byte in text {
      guard self[index].lowercased == byte else { return false }
      index += 1
    }
    return true
  }

  /// Whether `text`, which is in lower case, stands in `range` in upper or lower case.
  func containsFolded(_ text: some Collection<UInt8>, in range: Range<Int>) -> Bool {
    guard text.count <= range.count else { return false }
    for start in range.lowerBound...range.upperBound - text.count
    where hasFolded(text, at: start) {
      return true
    }
    return false
  }
}

extension UInt8 {
  /// An ASCII capital as the small letter, every other byte as it is.
  @inline(__always)
  var lowercased: UInt8 { ByteClass.uppercase.contains(self) ? self | 0x20 : self }
}
