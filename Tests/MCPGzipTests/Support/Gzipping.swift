import MCPGzip

/// Compresses all of `bytes`, given to the writer in chunks.
func gzipped(
  _ bytes: [UInt8],
  level: Int = GzipWriter.defaultLevel,
  threads: Int = 1,
  chunkSize: Int = .max
) throws -> [UInt8] {
  var output: [UInt8] = []
  var writer = try GzipWriter(level: level, threads: threads)
  for chunk in bytes.chunks(of: chunkSize) {
    writer.write(Array(chunk).span) { output += $0.bytesCopied }
  }
  writer.finish { output += $0.bytesCopied }
  return output
}

/// Decompresses all of `bytes`, given to the inflater in chunks.
func gunzipped(
  _ bytes: [UInt8],
  chunkSize: Int = .max,
  outputSize: Int = 4096
) throws(GzipError) -> [UInt8] {
  var output: [UInt8] = []
  var inflater = try Inflater()
  for chunk in bytes.chunks(of: chunkSize) {
    let chunk = Array(chunk)
    var position = 0
    var isFull = true
    while position < chunk.count || isFull {
      output += try [UInt8](capacity: outputSize) { free throws(GzipError) in
        position += try inflater.inflate(chunk.span.extracting(position...), into: &free)
        isFull = free.isFull
      }
    }
  }
  try inflater.checkEnd()
  return output
}

extension Array<UInt8> {
  /// The bytes, cut into pieces of one size; the last may be shorter.
  func chunks(of size: Int) -> [ArraySlice<UInt8>] {
    let size = Swift.min(size, Swift.max(1, count))
    return stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

extension Span<UInt8> {
  // The pointer is read during the call only.
  var bytesCopied: [UInt8] { unsafe withUnsafeBufferPointer { unsafe Array($0) } }
}
