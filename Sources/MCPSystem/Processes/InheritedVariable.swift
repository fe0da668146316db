/// A variable that this process should have inherited.
///
/// Some programs start others with an environment of their own making, as MCP clients do with
/// servers; what their own parents meant for everybody below is then lost on the way.
package enum InheritedVariable {
  private static let longestEnvironment = 2 << 20

  /// The value of a variable in this process, else in its nearest ancestor that has it.
  ///
  /// - Parameters:
  ///   - name: The variable.
  ///   - ancestors: The processes that this one descends from, its parent first.
  /// - Returns: Its value; nil when nobody has it, or an empty one, as far as can be seen.
  package static func find(_ name: String, in ancestors: [ProcessAncestor]) -> String? {
    if let own = ProcessEnvironment.variable(name) { return own.isEmpty ? nil : own }
    for ancestor in ancestors {
      guard let value = variable(name, of: ancestor.number) else { continue }
      return value.isEmpty ? nil : value
    }
    return nil
  }

  /// The value that a process was started with (proc_pid_environ(5)).
  private static func variable(_ name: String, of process: Int32) -> String? {
    guard let file = try? FileDescriptor.open("/proc/\(process)/environ", for: .reading) else {
      return nil
    }
    let bytes = [UInt8](capacity: longestEnvironment) { output in
      var before = -1
      while output.count > before, !output.isFull {
        before = output.count
        guard (try? file.read(into: &output)) != nil else { return }
      }
    }
    let prefix = Array("\(name)=".utf8)
    let entry = bytes.split(separator: 0).first { $0.starts(with: prefix) }
    return entry.map { String(decoding: $0.dropFirst(prefix.count), as: UTF8.self) }
  }
}
