import Glibc
import MCPSystem
import Testing

@Suite struct `The file system` {
  let directory: TemporaryDirectory
  var path: String { directory.path }

  init() throws {
    directory = try TemporaryDirectory()
  }

  @Test func `creates all directories on a path, for the owner only`() throws {
    try FileSystem.createDirectories("\(path)/a/b/c")
    try FileSystem.createDirectories("\(path)/a/b/c")

    #expect(try FileStatus.of("\(path)/a/b/c")?.kind == .directory)
    #expect(try FileStatus.of("\(path)/a")?.permissions == 0o700)
  }

  @Test func `creates no directory where a file is`() throws {
    try directory.write("", to: "file")

    #expect(throws: SystemError.self) { try FileSystem.createDirectories("\(path)/file") }
    #expect(throws: SystemError.self) { try FileSystem.createDirectories("\(path)/file/below") }
  }

  @Test func `lists files in the order of their bytes`() throws {
    try FileSystem.createDirectories("\(path)/b/deep")
    for name in ["z", "a", "B", "b/2", "b/10", "b/deep/x", "ä", ".hidden"] {
      try directory.write("", to: name)
    }

    let listing = try FileSystem.files(below: path)

    #expect(
      listing.files.map { String($0.dropFirst(path.count + 1)) }
        == [".hidden", "B", "a", "b/10", "b/2", "b/deep/x", "z", "ä"]
    )
    #expect(listing.failures.isEmpty)
  }

  @Test func `follows links to files, not to directories`() throws {
    try FileSystem.createDirectories("\(path)/real")
    try directory.write("", to: "real/file")
    unsafe symlink("real/file", "\(path)/link")
    unsafe symlink(".", "\(path)/loop")
    unsafe symlink("nowhere", "\(path)/dangling")

    let files = try FileSystem.files(below: path).files

    #expect(files == ["\(path)/link", "\(path)/real/file"])
  }

  @Test func `names the directory that cannot be listed`() {
    let error = #expect(throws: SystemError.self) {
      _ = try FileSystem.files(below: "\(path)/missing")
    }

    #expect(error?.isNotFound == true)
  }

  @Test func `reads links and resolves them`() throws {
    try directory.write("", to: "file")
    unsafe symlink("./file", "\(path)/link")

    #expect(try FileSystem.readLink("\(path)/link") == "./file")
    #expect(
      try FileSystem.realPath("\(path)/link") == FileSystem.realPath(path) + "/file"
    )
    #expect(try FileStatus.ofLink("\(path)/link")?.kind == .symbolicLink)
    #expect(throws: SystemError.self) { try FileSystem.readLink("\(path)/file") }
  }

  @Test func `renames over a file only when asked to`() throws {
    try directory.write("new", to: "new")
    try directory.write("old", to: "old")

    let error = #expect(throws: SystemError.self) {
      try FileSystem.renameWithoutReplacing("\(path)/new", to: "\(path)/old")
    }
    #expect(error?.isAlreadyExists == true)
    #expect(try directory.text(of: "old") == "old")

    try FileSystem.rename("\(path)/new", to: "\(path)/old")
    #expect(try directory.text(of: "old") == "new")
  }

  @Test func `removes what is there`() throws {
    try directory.write("", to: "file")

    #expect(try FileSystem.removeIfPresent("\(path)/file"))
    #expect(try !FileSystem.removeIfPresent("\(path)/file"))
    #expect(throws: SystemError.self) { try FileSystem.remove("\(path)/file") }
  }

  @Test func `recognises the same file under two names`() throws {
    try directory.write("abc", to: "one")
    unsafe link("\(path)/one", "\(path)/two")

    let one = try #require(try FileStatus.of("\(path)/one"))
    let two = try #require(try FileStatus.of("\(path)/two"))

    #expect((one.device, one.inode) == (two.device, two.inode))
    #expect(one.linkCount == 2)
    #expect(one.size == 3)
    #expect(one.owner == ProcessEnvironment.userID)
    #expect(abs(one.modifiedAtNanoseconds / 1_000_000 - SystemClock.unixMilliseconds) < 60_000)
  }

  @Test func `has no status for what is not there`() throws {
    #expect(try FileStatus.of("\(path)/missing") == nil)
    #expect(try FileStatus.of("/dev/null/x") == nil)
  }

  @Test(arguments: [
    ("file", ".", "file"), ("/file", "/", "file"), ("a/b", "a", "b"), ("/a/b", "/a", "b"),
    ("./x", ".", "x"),
  ])
  func `splits a path`(path: String, parent: String, last: String) {
    #expect(FileSystem.parent(of: path) == parent)
    #expect(FileSystem.lastComponent(of: path) == last)
  }
}
