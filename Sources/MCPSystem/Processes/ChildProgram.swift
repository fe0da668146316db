internal import CMCPSystem
internal import Glibc

/// A program to start, in this process's process group and terminal.
package struct ChildProgram: Sendable {
  /// The program, looked up in `PATH`, and its arguments.
  package var words: [CommandWord]

  /// Variables that it gets besides those of this process.
  package var environment: [String: String] = [:]

  /// What become its standard input, output and error; nil means this process's own.
  package var input: BorrowedDescriptor?
  package var output: BorrowedDescriptor?
  package var error: BorrowedDescriptor?

  /// What it is sent when the thread that starts it ends, however that happens.
  package var parentDeathSignal: Signal?

  package init(_ words: [CommandWord]) {
    precondition(!words.isEmpty, "a program has a name")
    self.words = words
  }

  /// Starts it.
  ///
  /// It gets the file creation mask and signal settings that this process was started with.
  ///
  /// - Parameter signals: Those that this process has taken over, for the settings before.
  /// - Returns: The running program.
  /// - Throws: A `SystemError`: of `exec` when there is no such program or it cannot be executed,
  ///   else of `fork`.
  package func start(
    _ signals: borrowing TakenSignals
  ) throws(SystemError) -> ChildProcess {
    try start(blocking: signals.blockedBefore)
  }

  /// Starts it; no signals have been taken over.
  func start() throws(SystemError) -> ChildProcess {
    try start(blocking: Signal.set([]))
  }

  private func start(blocking blocked: sigset_t) throws(SystemError) -> ChildProcess {
    let arguments = CStringArray(words.map(\.bytes))
    let variables = CStringArray(Self.environment(with: environment))
    var failure: CInt = 0
    // The kernel copies both arrays before the call ends.
    let number = withExtendedLifetime((arguments, variables)) {
      var program = unsafe mcp_program()
      unsafe program.arguments = UnsafePointer(arguments.pointers)
      unsafe program.environment = UnsafePointer(variables.pointers)
      unsafe program.input = input?.number ?? -1
      unsafe program.output = output?.number ?? -1
      unsafe program.error = error?.number ?? -1
      unsafe program.blocked_signals = blocked
      unsafe program.file_creation_mask = mode_t(ProcessInheritance.original.fileCreationMask)
      unsafe program.ignores_broken_pipes = ProcessInheritance.original.ignoresBrokenPipes ? 1 : 0
      unsafe program.parent_death_signal = parentDeathSignal?.number ?? 0
      return unsafe mcp_start(&program, &failure)
    }
    guard number > 0 else {
      guard number == pid_t(MCP_NOT_EXECUTED) else { throw SystemError("fork", number: failure) }
      throw SystemError("exec", path: words[0].text, number: failure)
    }
    return ChildProcess(number: number)
  }

  /// The variables of this process with `changes`, as `NAME=value`.
  private static func environment(with changes: [String: String]) -> [[UInt8]] {
    var variables = changes.sorted { $0.key < $1.key }.map { Array("\($0)=\($1)".utf8) }
    let names = changes.keys.map { Array("\($0)=".utf8) }
    // The environment is an array of C strings that ends with nil; nothing here changes it.
    guard var next = unsafe mcp_environment() else { return variables }
    while let text = unsafe next.pointee {
      let bytes = unsafe Array(UnsafeBufferPointer(start: text, count: strlen(text)))
        .map(UInt8.init(bitPattern:))
      if !names.contains(where: bytes.starts) { variables.append(bytes) }
      unsafe next += 1
    }
    return variables
  }
}

/// Copies of texts as `exec` wants them.
@safe private final class CStringArray {
  let pointers: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  private let count: Int

  // Each text and the array itself are allocated here and freed in `deinit`.
  init(_ texts: [[UInt8]]) {
    count = texts.count
    unsafe pointers = .allocate(capacity: count + 1)
    for (index, text) in texts.enumerated() {
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.count + 1)
      for (offset, byte) in text.enumerated() { unsafe copy[offset] = CChar(bitPattern: byte) }
      unsafe copy[text.count] = 0
      unsafe (pointers + index).initialize(to: copy)
    }
    unsafe (pointers + count).initialize(to: nil)
  }

  deinit {
    for index in 0..<count { unsafe pointers[index]?.deallocate() }
    unsafe pointers.deallocate()
  }
}
