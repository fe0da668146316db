extension [UInt8] {
  /// Appends a copy of `bytes`.
  ///
  /// This file is the module's only one with pointers: a loop over the span is ten times as slow as the `memcpy`
  /// that `append(contentsOf:)` does for a buffer, which does not outlive the call.
  package mutating func append(copying bytes: Span<UInt8>) {
    unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
  }

  /// Appends the UTF-8 bytes of `text`, which live as long as the program.
  package mutating func append(_ text: StaticString) {
    unsafe append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    )
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
  package func equals(_ text: StaticString) -> Bool {
    guard count == text.utf8CodeUnitCount else { return false }
    return unsafe withUnsafeBytes { bytes in
      let expected = unsafe UnsafeRawBufferPointer(start: text.utf8Start, count: count)
      return unsafe bytes.elementsEqual(expected)
    }
  }

  /// Whether both spans hold the same bytes.
  package func equals(_ other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
