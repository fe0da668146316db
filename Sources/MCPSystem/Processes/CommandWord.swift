/// A word of a command line, byte for byte, which need not be UTF-8.
package struct CommandWord: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// A word of text.
  package init(_ text: String) {
    bytes = Array(text.utf8)
  }

  /// The word for people to read; bytes that are no UTF-8 are replaced.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The last words that this process was started with.
  ///
  /// - Parameter count: How many; at most all of them.
  /// - Returns: The words as the kernel handed them over.
  package static func ofThisProcess(last count: Int) -> [Self] {
    let total = Int(CommandLine.argc)
    // The kernel hands over `argc` C strings, which live as long as the process.
    return (max(0, total - count)..<total).compactMap { index in
      guard let word = unsafe CommandLine.unsafeArgv[index] else { return nil }
      var bytes: [UInt8] = []
      var offset = 0
      while unsafe word[offset] != 0 {
        bytes.append(UInt8(bitPattern: unsafe word[offset]))
        offset += 1
      }
      return Self(bytes: bytes)
    }
  }
}
