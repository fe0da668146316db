internal import Glibc

/// The descriptors 0, 1 and 2, which a process expects to find open.
package enum StandardDescriptors {
  /// Opens `/dev/null` for each of them that is closed.
  ///
  /// Otherwise the next file opened, say the database, would get its number, and whatever is
  /// printed would end up in that file. To be called first of all.
  ///
  /// - Throws: A `SystemError` when `/dev/null` cannot be opened.
  package static func openMissing() throws(SystemError) {
    while true {
      // The lowest free number is given out first.
      let number = try retrying("open", path: "/dev/null") { unsafe open("/dev/null", O_RDWR) }
      guard number <= 2 else {
        _ = close(number)
        return
      }
    }
  }
}
