/// Contents to compress: the same in every run.
enum Sample {
  /// Bytes without any pattern.
  static func noise(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var state = seed
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    for _ in 0..<count {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      bytes.append(UInt8(truncatingIfNeeded: state >> 33))
    }
    return bytes
  }

  /// Lines of JSON, as an archive has them.
  static func lines(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 100)
    var number = 0
    while bytes.count < count {
      let line = #"{"id":\#(number),"tool_name":"edit_file","instance_id":"work-\#(number % 7)"}"#
      bytes += Array(line.utf8) + [UInt8(ascii: "\n")]
      number += 1
    }
    return Array(bytes.prefix(count))
  }
}
