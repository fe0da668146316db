/// A file that appears under its name only when it is complete.
///
/// Until ``commit(replacing:)`` it is a hidden file beside its target, readable by its owner only.
/// Dropping it uncommitted removes it.
package struct AtomicFile: ~Copyable {
  /// The name it will get.
  package let target: String

  private let temporaryPath: String
  private var file: FileDescriptor?
  private var isCommitted = false

  /// Creates the hidden file.
  ///
  /// - Parameter target: The name it will get; its directory must exist.
  /// - Throws: A `SystemError` that names the file.
  package init(for target: String) throws(SystemError) {
    self.target = target
    let (path, descriptor) = try Self.create(beside: target)
    temporaryPath = path
    file = FileDescriptor(owning: descriptor)
  }

  deinit {
    // There is nobody to tell: a file that cannot be removed stays hidden and does no harm.
    if !isCommitted { try? FileSystem.remove(temporaryPath) }
  }

  /// Writes at the end of the file.
  ///
  /// - Parameter bytes: What to write.
  /// - Throws: A `SystemError` that names the target.
  package mutating func write(_ bytes: Span<UInt8>) throws(SystemError) {
    guard file != nil else { preconditionFailure("the file was committed") }
    do throws(SystemError) {
      try file?.write(all: bytes)
    } catch {
      throw SystemError(error.call, path: target, number: error.number)
    }
  }

  /// Lets others have rights to the file, too.
  ///
  /// - Parameter permissions: The permission bits, for example 0o644.
  /// - Throws: A `SystemError` that names the hidden file.
  package mutating func setPermissions(_ permissions: UInt32) throws(SystemError) {
    try FileSystem.setPermissions(of: temporaryPath, to: permissions)
  }

  /// Gives the file its name, once its bytes are on the disk.
  ///
  /// - Parameter isReplacing: Whether an existing file of that name may be replaced.
  /// - Throws: A `SystemError`; ``SystemError/isAlreadyExists`` when the name is taken and must not
  ///   be replaced, even by somebody who took it this moment. Whatever had the name still has it,
  ///   unless only the final synchronisation of the directory failed.
  package consuming func commit(replacing isReplacing: Bool) throws(SystemError) {
    guard let file = file.take() else { preconditionFailure("the file was committed") }
    try file.synchronize()
    try file.close()
    if isReplacing {
      try FileSystem.rename(temporaryPath, to: target)
    } else {
      try FileSystem.renameWithoutReplacing(temporaryPath, to: target)
    }
    isCommitted = true
    try FileSystem.synchronizeDirectory(FileSystem.parent(of: target))
  }

  /// Creates a file with a name that nobody else has.
  private static func create(beside target: String) throws(SystemError) -> (String, CInt) {
    let directory = FileSystem.parent(of: target)
    let name = FileSystem.lastComponent(of: target)
    while true {
      let unique = String(UInt64.random(in: 0 ... .max), radix: 36)
      // A name has 255 bytes at most: the end of a long one is left out.
      let path = "\(directory)/.\(name.prefix(40)).\(unique).tmp"
      do throws(SystemError) {
        return (path, try FileDescriptor.open(path, for: .creating).release())
      } catch {
        guard error.isAlreadyExists else { throw error }
      }
    }
  }
}
