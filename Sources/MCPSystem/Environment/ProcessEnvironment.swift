internal import Glibc

/// What a process finds around it when it starts.
package enum ProcessEnvironment {
  /// An environment variable; nil when it is not set.
  ///
  /// - Parameter name: The variable.
  /// - Returns: Its value, which may be empty.
  package static func variable(_ name: String) -> String? {
    // The value is copied at once; nothing in this program changes the environment.
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }

  /// This process.
  package static var processID: Int32 { getpid() }

  /// The process that started this one, or 1 when that has ended.
  package static var parentProcessID: Int32 { getppid() }

  /// How many processor cores the machine has in use.
  package static var coreCount: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }

  /// The number of the user the process acts for.
  package static var userID: UInt32 { geteuid() }

  /// The name of the user, or the number where it has no name.
  package static var userName: String {
    account?.name ?? String(userID)
  }

  /// `HOME`, else what the user database says; nil where neither does.
  package static var homeDirectory: String? {
    if let home = variable("HOME"), !home.isEmpty { return home }
    return account?.home
  }

  /// The name of the machine.
  package static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    // The C library writes at most the bytes it is given, and the last one stays zero.
    return unsafe name.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress, unsafe gethostname(base, buffer.count - 1) == 0 else {
        return "localhost"
      }
      return unsafe String(cString: base)
    }
  }

  /// The current directory.
  ///
  /// - Returns: Its absolute path.
  /// - Throws: A `SystemError` when it was removed meanwhile.
  package static func currentDirectory() throws(SystemError) -> String {
    // The C library allocates the answer, which is ours to free.
    guard let path = unsafe getcwd(nil, 0) else { throw SystemError(lastErrorOf: "getcwd") }
    defer { unsafe free(path) }
    return unsafe String(cString: path)
  }

  /// Takes rights away from all files that this process creates from now on.
  ///
  /// - Parameter mask: The permission bits to take away, for example 0o077.
  /// - Returns: The mask so far.
  @discardableResult
  package static func setFileCreationMask(_ mask: UInt32) -> UInt32 {
    umask(mode_t(mask))
  }

  private static var account: (name: String, home: String)? {
    var texts = [CChar](repeating: 0, count: 16 * 1024)
    // The C library puts the texts into the buffer; they are copied before it ends.
    return unsafe texts.withUnsafeMutableBufferPointer { buffer in
      var entry = unsafe passwd()
      var found: UnsafeMutablePointer<passwd>?
      guard
        let base = buffer.baseAddress,
        unsafe getpwuid_r(geteuid(), &entry, base, buffer.count, &found) == 0,
        unsafe found != nil,
        let name = unsafe entry.pw_name,
        let home = unsafe entry.pw_dir
      else { return nil }
      return unsafe (String(cString: name), String(cString: home))
    }
  }
}
