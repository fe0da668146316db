import Glibc
import MCPSystem
import Testing

@Suite struct `A system error` {
  @Test func `says what failed, on what, and why`() {
    let error = SystemError("rename", path: "/data/out", number: ENOSPC)

    #expect(error.description == "rename /data/out: No space left on device")
    #expect(error.isNoSpace)
  }

  @Test func `says what failed where there is no file`() {
    #expect(SystemError("poll", number: ENOMEM).description == "poll: Cannot allocate memory")
  }

  @Test(arguments: [EPIPE, ENOSPC, ENOENT, EEXIST, EACCES, EROFS, EISDIR, EAGAIN, EINVAL, EMFILE])
  func `is of exactly one sort`(number: CInt) {
    let error = SystemError("call", number: number)

    let sorts = [
      error.isBrokenPipe, error.isNoSpace, error.isNotFound, error.isAlreadyExists,
      error.isPermissionDenied, error.isReadOnlyFileSystem, error.isDirectory,
      error.isWouldBlock, error.isUnsupported, error.isOutOfDescriptors,
    ]

    #expect(sorts.filter(\.self).count == 1)
  }
}
