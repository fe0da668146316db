internal import Crypto
internal import MCPEvents

/// The end of the last line that was read of a file.
///
/// Where reading goes on later, the bytes before must still be these; otherwise the file was cut
/// short or written anew, though it begins as before.
struct LineTail {
  /// How many bytes of a line are kept at most.
  static let maximumLength = 64

  private var bytes: [UInt8] = []

  init() {
    bytes.reserveCapacity(Self.maximumLength)
  }

  /// Notes a line, which comes without its terminator.
  mutating func note(_ line: Span<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(copying: line.extracting(max(0, line.count - Self.maximumLength)..<line.count))
  }

  /// Notes a line whose bytes are not at hand.
  mutating func forget() {
    bytes.removeAll(keepingCapacity: true)
  }

  var length: Int { bytes.count }
  var digest: [UInt8] { Self.digest(bytes[...]) }

  /// How a line ends that was read before.
  enum Ending: Hashable {
    /// With a line feed.
    case terminated
    /// Without: more of its terminator may have come since.
    case open
  }

  /// How many bytes before the end of what was read have to be looked at.
  static let windowLength = maximumLength + 2

  /// Checks the bytes before the point where reading goes on.
  ///
  /// - Parameters:
  ///   - window: The last bytes of what was read.
  ///   - length: How many bytes of the line's end are known.
  ///   - digest: Their digest.
  /// - Returns: How the line ends; `nil` when it is another one.
  static func check(_ window: [UInt8], length: Int, digest: [UInt8]?) -> Ending? {
    var line = window[...]
    let isTerminated = line.last == UInt8(ascii: "\n")
    if isTerminated { line.removeLast() }
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    guard line.count >= length else { return nil }
    guard digest == nil || digest == Self.digest(line.suffix(length)) else { return nil }
    return isTerminated ? .terminated : .open
  }

  private static func digest(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    Array(SHA256.hash(data: Array(bytes)))
  }
}
