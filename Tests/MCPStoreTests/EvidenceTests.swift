import MCPEvents
import MCPStore
import MCPTestSupport
import Testing

/// The vectors that the article on evidence gives, computed with another program.
@Suite struct Evidence {
  /// The inputs of the tree test of Certificate Transparency (RFC 6962 §2.1.3 has its shape).
  private static let inputs: [[UInt8]] = [
    [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
    Array(0x50...0x57), Array(0x60...0x6F),
  ]

  @Test(
    arguments: zip(
      0...8,
      [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
      ]
    )
  )
  func `hashes trees as RFC 6962 does`(count: Int, expected: String) {
    var hasher = TreeHasher()
    let leaves = Self.inputs.prefix(count).flatMap { hasher.leaf($0).bytes }
    let root = TreeHasher.root(of: leaves.span).description
    #expect(root == expected)
  }

  /// The log grows leaf by leaf, a batch is hashed level by level: it is the same tree.
  @Test func `hashes a whole tree as one that grows`() {
    var hasher = TreeHasher()
    var peaks = TreePeaks()
    var leaves: [TreeHash] = []
    for count in 1...300 {
      let leaf = hasher.leaf([UInt8](repeating: 7, count: count))
      leaves.append(leaf)
      _ = peaks.append(leaf)
      #expect(TreeHasher.root(of: leaves) == peaks.root)
    }
  }

  private static let lines = [
    #"{"kind":"event","id":1,"instance_id":"work-123-a1","tool_name":"edit_file","success":true,"#
      + #""metadata":{"file":"src/main.ts","lines":50},"is_status_updating":false,"#
      + #""timestamp":"2026-11-22T09:14:03.512Z","outcome":"ok","#
      + #""received_at":"2026-11-22T09:14:03.600Z","instance_seq":1,"origin":"0123456789abcdef"}"#,
    #"{"kind":"event","id":2,"instance_id":"work-123-a1","tool_name":"run_tests","#
      + #""success":false,"error_message":"3 failed \"žluť\"\n","is_status_updating":false,"#
      + #""timestamp":"2026-11-22T09:14:04.000Z","outcome":"timeout","duration_us":1500000,"#
      + #""received_at":"2026-11-22T09:14:04.000Z","instance_seq":2,"origin":"0123456789abcdef"}"#,
  ]

  @Test func `makes the leaves and the root of a batch from its lines`() throws {
    var hasher = TreeHasher()
    let leaves = Self.lines.map { hasher.leaf(Array($0.utf8)) }
    #expect(
      leaves.map(\.description) == [
        "8b86004d7d801f3e00b7ecc35673f2f73b6ce188b5608556c66935a00f46cae4",
        "cd24f38747d1470cba1823842699b1c07241985de4e179169810430955439513",
      ]
    )
    let bytes = leaves.flatMap(\.bytes)
    let root = TreeHasher.root(of: bytes.span)
    let head = hasher.leaf(root.bytes).description
    #expect(
      root.description == "69bd3d14e2a6678c7d95e0f07807f7b08aea76dca7ebda01d14cdec441f49639"
    )
    #expect(
      head == "cf720f1526d907be55f95947355577d9140f86147944f133083224b3ffb4f80a"
    )
  }

  @Test(arguments: [0, 1])
  func `writes the line that the leaf is made of`(number: Int) throws {
    var decoder = LineDecoder()
    var batch = EventBatch()
    let line = Array(Self.lines[number].utf8)
    let received = UnixTime(rfc3339: Array(Self.received[number].utf8).span)
    let receivedAt = try #require(received)
    _ = try decoder.decode(
      line.span,
      at: LinePosition(number: 1, offset: 0, length: Int64(line.count)),
      receivedAt: receivedAt,
      into: &batch
    )
    var row = try #require(batch.rows.first)
    (row.id, row.instanceSequence) = (Int64(number + 1), Int64(number + 1))
    row.eventUID = .none
    var written: [UInt8] = []
    EventLine.write(row, of: batch, origin: Array("0123456789abcdef".utf8).span, into: &written)
    #expect(String(decoding: written, as: UTF8.self) == Self.lines[number])
  }

  private static let received = ["2026-11-22T09:14:03.600Z", "2026-11-22T09:14:04.000Z"]
}
