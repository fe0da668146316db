/// An open file that somebody else closes.
package struct BorrowedDescriptor: Descriptor, Hashable, Sendable {
  /// Descriptor 0.
  package static let standardInput = Self(number: 0)

  /// Descriptor 1.
  package static let standardOutput = Self(number: 1)

  /// Descriptor 2.
  package static let standardError = Self(number: 2)

  /// The number the kernel knows the file by.
  package let number: CInt

  package init(number: CInt) {
    self.number = number
  }
}

extension BorrowedDescriptor: ByteSource {
  package func read(into output: inout OutputSpan<UInt8>) throws(SystemError) {
    try readAvailable(into: &output)
  }
}
