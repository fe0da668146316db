import Foundation
import MCPSystem
import Testing

@Suite struct `The process environment` {
  @Test func `knows the variables`() {
    #expect(
      ProcessEnvironment.variable("PATH") == ProcessInfo.processInfo.environment["PATH"]
    )
    #expect(ProcessEnvironment.variable("MCP_NO_SUCH_VARIABLE") == nil)
  }

  @Test func `knows the process and its user`() {
    #expect(ProcessEnvironment.processID == ProcessInfo.processInfo.processIdentifier)
    #expect(ProcessEnvironment.parentProcessID > 0)
    #expect(ProcessEnvironment.userName == NSUserName())
    #expect(ProcessEnvironment.homeDirectory?.hasPrefix("/") == true)
    #expect(!ProcessEnvironment.hostName.isEmpty)
    #expect(ProcessEnvironment.coreCount >= 1)
  }

  @Test func `knows a process from an earlier one with its id`() {
    let own = ProcessEnvironment.processID
    #expect(
      ProcessEnvironment.isRunning(processID: own, seenAt: SystemClock.unixMilliseconds)
    )
    #expect(!ProcessEnvironment.isRunning(processID: own, seenAt: 0))
    #expect(!ProcessEnvironment.isRunning(processID: .max, seenAt: SystemClock.unixMilliseconds))
  }

  @Test func `knows the current directory`() throws {
    #expect(
      try ProcessEnvironment.currentDirectory() == FileManager.default.currentDirectoryPath
    )
  }

  @Test func `sets the file creation mask`() async {
    await #expect(processExitsWith: .success) {
      ProcessEnvironment.setFileCreationMask(0o077)
      precondition(ProcessEnvironment.setFileCreationMask(0o022) == 0o077)
    }
  }

  @Test func `knows its peak memory`() {
    let before = ProcessMemory.peakResidentBytes
    let block = [UInt8](repeating: 1, count: 32 * 1024 * 1024)

    #expect(before > 1024 * 1024)
    withExtendedLifetime(block) { #expect(ProcessMemory.peakResidentBytes >= before) }
  }

  @Test func `has a clock that agrees with Foundation's`() {
    let seconds = Date().timeIntervalSince1970

    #expect(abs(Double(SystemClock.unixMilliseconds) / 1000 - seconds) < 60)
  }

  @Test func `has a clock that never goes back`() {
    let times = (0..<1000).map { _ in SystemClock.monotonicMilliseconds }

    #expect(times == times.sorted())
  }
}
