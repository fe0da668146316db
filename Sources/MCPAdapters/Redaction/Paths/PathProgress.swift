/// How far into a path the keys above a value lead, for every key at which the path may begin.
struct PathProgress: Sendable {
  private let path: RedactionPath

  /// The numbers of components that are behind us; 0 always is.
  private var lengths: [Int] = [0]

  init(_ path: RedactionPath) {
    self.path = path
  }

  /// Follows `key`, and returns whether it ends the path.
  mutating func follow(_ key: [UInt8]) -> Bool {
    let reached = lengths.filter { path.matches(key, at: $0) }.map { $0 + 1 }
    lengths = [0] + reached.filter { $0 < path.count }
    return reached.contains(path.count)
  }
}
