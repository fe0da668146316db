/// Reads a stream that is gzip data, or may be.
///
/// It pulls compressed bytes from where the caller says and keeps a small buffer of them.
package struct GzipReader: ~Copyable {
  /// What the stream is taken for.
  package enum Format: Sendable {
    /// Gzip data; anything else is an error.
    case gzip
    /// Gzip data if it begins so, else plain bytes, which are passed on as they are.
    case detected
  }

  private enum State {
    case beginning
    case compressed
    case plain
    case ended
    case failed(GzipError)
  }

  private static let bufferSize = 64 * 1024

  private let format: Format
  private var state = State.beginning
  private var inflater: Inflater
  private var buffer: [UInt8] = []
  private var position = 0

  /// Makes a reader at the start of a stream.
  ///
  /// - Parameter format: What the stream is taken for.
  /// - Throws: A ``GzipError`` when there is no memory.
  package init(format: Format = .gzip) throws(GzipError) {
    self.format = format
    inflater = try Inflater()
  }

  /// Appends decompressed bytes to `output`, and nothing at the end of the stream.
  ///
  /// An error in the data comes only after all bytes before it were read.
  ///
  /// - Parameters:
  ///   - output: The free space to fill; at least one byte is appended before the end.
  ///   - source: Appends the next bytes of the compressed stream, and nothing at its end. It is
  ///     only called when the bytes so far give no more output.
  /// - Throws: A ``GzipError``, or what the source throws.
  package mutating func read<Failure: Error>(
    into output: inout OutputSpan<UInt8>,
    from source: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws {
    let before = output.count
    while output.count == before, !output.isFull {
      switch state {
      case .beginning: try detect(source)
      case .compressed: try inflate(into: &output, source)
      case .plain:
        guard try copy(into: &output, source) else { return }
      case .ended: return
      case .failed(let error): throw error
      }
    }
  }

  /// Reads until the first two bytes tell what the stream is.
  private mutating func detect<Failure: Error>(
    _ source: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    if case .gzip = format {
      state = .compressed
    } else if buffer.count >= 2 {
      state = Inflater.isGzip(buffer.span) ? .compressed : .plain
    } else if try !fill(source) {
      state = .plain
    }
  }

  /// Decompresses what is there, or gets more.
  private mutating func inflate<Failure: Error>(
    into output: inout OutputSpan<UInt8>,
    _ source: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let before = output.count
    let buffer = buffer
    do throws(GzipError) {
      position += try inflater.inflate(buffer.span.extracting(position...), into: &output)
    } catch {
      state = .failed(error)
      return
    }
    guard output.count == before, try !fill(source) else { return }
    do throws(GzipError) {
      try inflater.checkEnd()
      state = .ended
    } catch {
      state = .failed(error)
    }
  }

  /// Passes bytes on as they are.
  ///
  /// - Returns: False at the end of the stream.
  private mutating func copy<Failure: Error>(
    into output: inout OutputSpan<UInt8>,
    _ source: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    guard position < buffer.count else {
      let before = output.count
      try source(&output)
      return output.count > before
    }
    while position < buffer.count, !output.isFull {
      output.append(buffer[position])
      position += 1
    }
    return true
  }

  /// Gets more compressed bytes, once those so far are used up.
  ///
  /// - Returns: False at the end of the stream.
  private mutating func fill<Failure: Error>(
    _ source: (inout OutputSpan<UInt8>) throws(Failure) -> Void
  ) throws(Failure) -> Bool {
    // The first byte alone cannot be told apart yet, so it stays.
    let kept = Array(buffer[position...])
    buffer = try [UInt8](capacity: Self.bufferSize) { output throws(Failure) in
      for byte in kept { output.append(byte) }
      try source(&output)
    }
    position = 0
    return buffer.count > kept.count
  }
}
