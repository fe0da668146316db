internal import MCPEvents

/// Computes the hashes of a Merkle tree as RFC 6962 §2.1 has it.
///
/// A leaf is SHA-256(0x00 ‖ data), an inner node SHA-256(0x01 ‖ left ‖ right), and the tree of
/// nothing is the SHA-256 of nothing. The prefixes keep a node from being taken for a leaf.
package struct TreeHasher: Sendable {
  private var scratch: [UInt8] = []

  package init() {}

  /// The hash of the leaf whose data `write` appends.
  package mutating func leaf(_ write: (inout [UInt8]) -> Void) -> TreeHash {
    if scratch.capacity > Self.keptCapacity { scratch = [] }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(0x00)
    write(&scratch)
    return TreeHash(sha256: scratch.span)
  }

  private static let keptCapacity = 1 << 20

  /// The hash of the leaf of `data`.
  package mutating func leaf(_ data: [UInt8]) -> TreeHash {
    leaf { $0.append(contentsOf: data) }
  }

  /// The hash of the node above two others.
  package static func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
    TreeHash(sha256: 0x01, left, right)
  }

  /// The hash of the tree over leaf hashes that stand one after the other, 32 bytes each.
  package static func root(of leaves: Span<UInt8>) -> TreeHash {
    root(of: [TreeHash](leaves))
  }

  /// The hash of the tree over leaf hashes.
  ///
  /// Two neighbours make a node of the next level, and one without a neighbour rises as it is. That
  /// is the tree of RFC 6962, whose left part holds the largest power of two below the number of
  /// leaves.
  package static func root(of leaves: [TreeHash]) -> TreeHash {
    var level = leaves
    var count = level.count
    guard count > 0 else { return TreeHash(sha256: [UInt8]().span) }
    while count > 1 {
      for pair in 0..<count / 2 { level[pair] = node(level[2 * pair], level[2 * pair + 1]) }
      if count % 2 == 1 { level[count / 2] = level[count - 1] }
      count = (count + 1) / 2
    }
    return level[0]
  }
}
