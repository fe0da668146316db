internal import Glibc

extension StandardDescriptors {
  /// Takes one of them over, so that it can be closed; `/dev/null` gets its number.
  ///
  /// - Parameter standard: Descriptor 0, 1 or 2.
  /// - Returns: The open file, which programs that are started do not inherit.
  /// - Throws: A `SystemError` when there are no more descriptors.
  package static func take(
    _ standard: BorrowedDescriptor
  ) throws(SystemError) -> FileDescriptor {
    let taken = try standard.duplicate()
    let null = try FileDescriptor.open("/dev/null", for: .updating)
    _ = try retrying("dup2") { dup2(null.number, standard.number) }
    return taken
  }
}
