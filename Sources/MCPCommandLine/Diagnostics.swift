internal import MCPSystem

/// Messages to the person at the terminal, on standard error.
package enum Diagnostics {
  /// Writes a line; a closed standard error is nobody's fault.
  package static func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    try? BorrowedDescriptor.standardError.write(all: bytes.span)
  }
}
