internal import CMCPSystem
internal import Glibc

/// How much memory this process uses.
package enum ProcessMemory {
  /// Limits how much memory stays with this process once it is freed.
  ///
  /// Blocks above 1 MiB are given back at once. Otherwise glibc keeps blocks as large as the largest
  /// that was ever freed (`mallopt(3)`, M_MMAP_THRESHOLD), and one huge line costs its memory several
  /// times for good. Of smaller ones a heap keeps 4 MiB at its end (M_TRIM_THRESHOLD): giving those
  /// back and touching them anew takes a bulk load longer.
  package static func limitFreedMemory() {
    mcp_limit_freed_memory(1 << 20, 4 << 20)
  }

  /// The most memory that this process ever had resident, in bytes.
  ///
  /// Not `ru_maxrss` where it can be helped: that one also counts the process that started this.
  package static var peakResidentBytes: Int64 {
    highWaterMark ?? maximumResidentSize
  }

  /// `VmHWM` of `/proc/self/status`.
  private static var highWaterMark: Int64? {
    guard let file = try? FileDescriptor.open("/proc/self/status", for: .reading) else {
      return nil
    }
    let bytes = [UInt8](capacity: 4096) { output in
      try? file.read(at: 0, into: &output)
    }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let words = lines.first { $0.hasPrefix("VmHWM:") }?.split { $0 == " " || $0 == "\t" }
    return words.flatMap { $0.count > 1 ? Int64($0[1]) : nil }.map { $0 * 1024 }
  }

  private static var maximumResidentSize: Int64 {
    var usage = rusage()
    // The kernel fills the structure during the call.
    _ = unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
    return Int64(usage.ru_maxrss) * 1024
  }
}
