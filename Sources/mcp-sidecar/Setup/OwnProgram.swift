internal import MCPSystem

/// The file that this program was started from.
enum OwnProgram {
  /// Its absolute path, as the user names it: a link to it outlives an update, what it points to may
  /// not.
  ///
  /// - Throws: A `SystemError` when it cannot be known.
  static func path() throws(SystemError) -> String {
    let running = try FileSystem.readLink("/proc/self/exe")
    let named = try candidates(CommandLine.arguments.first ?? "")
    return named.first { (try? FileSystem.realPath($0)) == running } ?? running
  }

  /// What a word that started a program can mean.
  private static func candidates(_ word: String) throws(SystemError) -> [String] {
    if word.hasPrefix("/") { return [word] }
    guard word.contains("/") else {
      let folders = (ProcessEnvironment.variable("PATH") ?? "").split(separator: ":")
      return folders.filter { $0.hasPrefix("/") }.map { "\($0)/\(word)" }
    }
    let relative = word.hasPrefix("./") ? String(word.dropFirst(2)) : word
    return [try ProcessEnvironment.currentDirectory() + "/" + relative]
  }
}
