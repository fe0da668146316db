import MCPSystem
import Testing

@Suite struct `An atomic file` {
  let directory: TemporaryDirectory
  var target: String { "\(directory.path)/out.json" }

  init() throws {
    directory = try TemporaryDirectory()
  }

  private func file(holding text: String) throws -> AtomicFile {
    var file = try AtomicFile(for: target)
    try file.write(Array(text.utf8).span)
    return file
  }

  @Test(arguments: [false, true])
  func `appears under its name when it is committed`(isReplacing: Bool) throws {
    let file = try file(holding: "new")
    #expect(try FileStatus.of(target) == nil)

    try file.commit(replacing: isReplacing)

    #expect(try directory.names == ["out.json"])
    #expect(try directory.text(of: "out.json") == "new")
    #expect(try FileStatus.of(target)?.permissions == 0o600)
    #expect(try FileStatus.of(target)?.linkCount == 1)
  }

  @Test func `leaves nothing when it is dropped`() throws {
    do { _ = try file(holding: "new") }

    #expect(try directory.names.isEmpty)
  }

  @Test func `replaces a file if it may`() throws {
    try directory.write("old", to: "out.json")

    try file(holding: "new").commit(replacing: true)

    #expect(try directory.text(of: "out.json") == "new")
  }

  @Test func `spares a file that came first, and leaves nothing`() throws {
    let error = #expect(throws: SystemError.self) {
      let file = try file(holding: "new")
      try directory.write("old", to: "out.json")
      try file.commit(replacing: false)
    }

    #expect(error?.isAlreadyExists == true)
    #expect(error?.path == target)
    #expect(try directory.names == ["out.json"])
    #expect(try directory.text(of: "out.json") == "old")
  }

  @Test func `lets exactly one of many win`() throws {
    let target = target
    let outcomes = BoundedQueue<Bool>(capacity: 8)
    func start(_ number: Int) throws -> Worker<Void, any Error> {
      try Worker {
        var file = try AtomicFile(for: target)
        try file.write(Array("\(number)".utf8).span)
        do {
          try file.commit(replacing: false)
          _ = outcomes.push(true)
        } catch let error as SystemError where error.isAlreadyExists {
          _ = outcomes.push(false)
        }
      }
    }

    let first = try start(1)
    let second = try start(2)
    let third = try start(3)
    let fourth = try start(4)
    try first.join()
    try second.join()
    try third.join()
    try fourth.join()

    let wins = (0..<4).compactMap { _ in outcomes.tryPop() }
    #expect(wins.count == 4)
    #expect(wins.filter(\.self).count == 1)
    #expect(try directory.names == ["out.json"])
  }

  @Test func `needs its directory`() throws {
    let error = #expect(throws: SystemError.self) {
      _ = try AtomicFile(for: "\(directory.path)/missing/out.json")
    }

    #expect(error?.isNotFound == true)
  }

  @Test func `takes a name of the greatest length`() throws {
    let name = String(repeating: "n", count: 255)

    try AtomicFile(for: "\(directory.path)/\(name)").commit(replacing: false)

    #expect(try directory.names == [name])
  }

  @Test func `cannot replace a directory, and leaves nothing`() throws {
    try FileSystem.createDirectories(target)

    #expect(throws: SystemError.self) { try file(holding: "new").commit(replacing: true) }

    #expect(try directory.names == ["out.json"])
  }
}
