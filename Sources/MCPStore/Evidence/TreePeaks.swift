/// The complete subtrees of a growing Merkle tree, from the largest to the smallest.
///
/// They are all that is needed to add a leaf and to know the root: one for each bit that is set in
/// the number of leaves.
package struct TreePeaks: Hashable, Sendable {
  /// The number of leaves.
  package private(set) var count: Int64 = 0

  private var hashes: [TreeHash] = []

  package init() {}

  /// Takes the subtrees of a tree with `count` leaves, the largest first.
  package init?(count: Int64, hashes: [TreeHash]) {
    guard count >= 0, hashes.count == count.nonzeroBitCount else { return nil }
    self.count = count
    self.hashes = hashes
  }

  /// Adds a leaf.
  ///
  /// - Returns: The inner nodes that it completes, from below; as many as the new number of leaves
  ///   has trailing zero bits.
  package mutating func append(_ leaf: TreeHash) -> [TreeHash] {
    var completed: [TreeHash] = []
    var hash = leaf
    var rest = count
    while rest & 1 == 1, let left = hashes.popLast() {
      hash = TreeHasher.node(left, hash)
      completed.append(hash)
      rest >>= 1
    }
    hashes.append(hash)
    count += 1
    return completed
  }

  /// The hash of the whole tree (RFC 6962 §2.1).
  package var root: TreeHash {
    guard var hash = hashes.last else { return TreeHash(sha256: [UInt8]().span) }
    for left in hashes.dropLast().reversed() { hash = TreeHasher.node(left, hash) }
    return hash
  }
}
