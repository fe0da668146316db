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
  package mutating func node(_ left: TreeHash, _ right: TreeHash) -> TreeHash {
    scratch.removeAll(keepingCapacity: true)
    scratch.append(0x01)
    left.append(to: &scratch)
    right.append(to: &scratch)
    return TreeHash(sha256: scratch.span)
  }

  /// The hash of the tree over leaf hashes that stand one after the other, 32 bytes each.
  package mutating func root(of leaves: Span<UInt8>) -> TreeHash {
    var peaks = TreePeaks()
    var start = 0
    while start < leaves.count {
      let end = start + TreeHash.byteCount
      guard let leaf = TreeHash(leaves.extracting(start..<min(end, leaves.count))) else { break }
      _ = peaks.append(leaf, &self)
      start = end
    }
    return peaks.root(&self)
  }
}
