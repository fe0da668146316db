internal import MCPEvents

/// What stands above each line of a spill file: what the line below it is.
enum SpillFrame: Hashable, Sendable {
  /// A line as it was read: `L received number offset length unfinished`.
  case line(received: UnixTime, LinePosition, isUnfinished: Bool)
  /// The beginning of a line that is too long: `O received number offset length digest`.
  case oversized(received: UnixTime, LinePosition, digest: String)
  /// Lines that hold no record, and are only counted: `C blank ignored`.
  case counted(blank: Int64, ignored: Int64)

  /// The frame as text.
  var text: String {
    switch self {
    case .line(let received, let position, let isUnfinished):
      "L \(received.milliseconds) \(position.text) \(isUnfinished ? 1 : 0)"
    case .oversized(let received, let position, let digest):
      "O \(received.milliseconds) \(position.text) \(digest)"
    case .counted(let blank, let ignored): "C \(blank) \(ignored)"
    }
  }

  /// Reads a frame.
  init?(_ text: Span<UInt8>) {
    let words = String(decoding: Array(copying: text), as: UTF8.self).split(separator: " ")
    let numbers = words.dropFirst().prefix(5).compactMap { Int64($0) }
    switch words.first {
    case "L" where numbers.count == 5:
      self = .line(
        received: UnixTime(milliseconds: numbers[0]),
        LinePosition(number: numbers[1], offset: numbers[2], length: numbers[3]),
        isUnfinished: numbers[4] != 0
      )
    case "O" where numbers.count >= 4 && words.count == 6:
      self = .oversized(
        received: UnixTime(milliseconds: numbers[0]),
        LinePosition(number: numbers[1], offset: numbers[2], length: numbers[3]),
        digest: String(words[5])
      )
    case "C" where numbers.count == 2: self = .counted(blank: numbers[0], ignored: numbers[1])
    default: return nil
    }
  }
}

extension LinePosition {
  fileprivate var text: String { "\(number) \(offset) \(length)" }
}
