import MCPSystem

/// Makes a file with this content.
func write(_ bytes: [UInt8], to path: String) throws {
  var file = try AtomicFile(for: path)
  try file.write(bytes.span)
  try file.commit(replacing: true)
}

/// Makes a file with this content.
func write(_ text: String, to path: String) throws {
  try write(Array(text.utf8), to: path)
}
