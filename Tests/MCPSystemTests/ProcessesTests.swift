import Foundation
import Testing

@testable import MCPSystem

@Suite struct `Child programs` {
  private func ending(of script: String) throws -> ProcessEnding? {
    try ChildProgram(["sh", "-c", script].map { CommandWord($0) }).start().wait()
  }

  @Test(arguments: [0, 1, 42, 255] as [Int32])
  func `end with their status`(status: Int32) throws {
    #expect(try ending(of: "exit \(status)") == .exited(status))
  }

  @Test(arguments: [Signal.terminate, .kill, .interrupt, .hangUp])
  func `tell the signal that ended them`(signal: Signal) throws {
    let ending = try ending(of: "kill -\(signal.number) $$")
    #expect(ending == .killed(signal))
    #expect(ending?.exitStatus == 128 + signal.number)
  }

  @Test func `that are not there throw at once`() throws {
    let error = #expect(throws: SystemError.self) {
      try ChildProgram([CommandWord("/nowhere/program")]).start()
    }
    #expect(error?.call == "exec")
    #expect(error?.isNotFound == true)
  }

  @Test func `that cannot be executed throw at once`() throws {
    let directory = try TemporaryDirectory()
    let file = try directory.write("no program", to: "plain")
    let error = #expect(throws: SystemError.self) {
      try ChildProgram([CommandWord(file)]).start()
    }
    #expect(error?.isPermissionDenied == true)
  }

  @Test func `get words byte for byte`() throws {
    let directory = try TemporaryDirectory()
    let word = CommandWord(bytes: [0x66, 0xFF, 0xC3, 0x28])
    var program = ChildProgram(
      [CommandWord("sh"), CommandWord("-c"), CommandWord("printf %s \"$0\""), word]
    )
    let file = try FileDescriptor.open(directory.path + "/out", for: .creating)
    program.output = BorrowedDescriptor(number: file.number)
    #expect(try program.start().wait() == .exited(0))
    let written = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/out"))
    #expect([UInt8](written) == word.bytes)
  }

  @Test func `get variables besides the inherited ones`() throws {
    let text = CommandOutput.text(
      of: ["sh", "-c", "echo $HOME $PATH"],
      until: .now + .seconds(30)
    )
    #expect(text?.hasPrefix(ProcessEnvironment.variable("HOME") ?? "") == true)
    var program = ChildProgram(
      ["sh", "-c", "test \"$HOME\" = /elsewhere"].map { CommandWord($0) }
    )
    program.environment = ["HOME": "/elsewhere"]
    #expect(try program.start().wait() == .exited(0))
  }

  @Test func `have nothing open besides the standard descriptors`() throws {
    var pipe = try MCPSystem.Pipe()
    let (reader, writer) = (pipe.takeReadEnd().release(), pipe.takeWriteEnd().release())
    defer { for number in [reader, writer] { _ = FileDescriptor(owning: number) } }
    let text = CommandOutput.text(
      of: ["sh", "-c", "test -e /proc/$$/fd/\(writer) || echo closed"],
      until: .now + .seconds(30)
    )
    #expect(text == "closed\n")
  }
}

@Suite struct `Output of a small program` {
  @Test func `is its text`() {
    #expect(CommandOutput.text(of: ["echo", "hello"], until: .now + .seconds(30)) == "hello\n")
  }

  @Test func `is nothing when it fails`() {
    #expect(CommandOutput.text(of: ["false"], until: .now + .seconds(30)) == nil)
    #expect(CommandOutput.text(of: ["/nowhere"], until: .now + .seconds(30)) == nil)
  }

  @Test func `is nothing when it takes too long`() {
    #expect(CommandOutput.text(of: ["sleep", "1000"], until: .now) == nil)
  }
}

@Suite struct `Ancestors` {
  @Test func `begin with the parent`() throws {
    let parent = try #require(ProcessAncestor.all().first)
    #expect(parent.number == ProcessEnvironment.parentProcessID)
    let age = SystemClock.unixMilliseconds - parent.startedAt
    #expect(age >= 0)
  }

  @Test func `have the variables that were lost on the way`() {
    let text = CommandOutput.text(
      of: ["sh", "-c", "echo $PATH"],
      until: .now + .seconds(30)
    )
    let path = InheritedVariable.find("PATH", in: [])
    #expect(path.map { $0 + "\n" } == text)
    #expect(InheritedVariable.find("NO_SUCH_VARIABLE", in: ProcessAncestor.all()) == nil)
  }
}
