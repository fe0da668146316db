package import MCPEvents

/// What the store makes of an event whose instance it does not know.
public enum UnknownInstancePolicy: String, CaseIterable, Sendable {
  /// It creates the instance, with what is known of the writer's own surroundings.
  case create
  /// It keeps the line among the rejected ones.
  case reject
}

/// Where a writer runs: what an instance that it has to create gets.
public struct Surroundings: Hashable, Sendable {
  /// The directory.
  public var worktreePath: String?
  /// The branch that is checked out there.
  public var branchName: String?
  /// The repository, as owner/name.
  public var repository: String?
  /// The name of the machine.
  public var host: String?
  /// The name of the user.
  public var user: String?

  /// Creates surroundings of which nothing is known.
  public init() {}
}

/// Who writes a batch, and how.
package struct RunContext: Sendable {
  /// The row of `ingest_runs`, which the batch updates; `nil` outside of a run.
  package var runID: Int64?
  /// Put into the metadata of every instance that the run touches.
  package var labels: [String: String] = [:]
  package var surroundings = Surroundings()
  package var unknownInstances = UnknownInstancePolicy.create
  /// What the run had to wait for so far: retries, time and log are kept with each batch.
  package var statistics = RunStatistics()

  package init() {}
}

/// How far a file has been stored.
package struct FileCheckpoint: Hashable, Sendable {
  /// How many of the content's first bytes the digest is of: at most 4096.
  package var prefixLength: Int
  /// Their SHA-256, which knows the file under any name.
  package var prefixDigest: [UInt8]
  package var coveredBytes: Int64
  package var coveredLines: Int64
  /// How many bytes of a last line that was cut stand behind the covered ones.
  package var unfinishedBytes: Int64
  /// How many bytes of the end of the last covered line the tail's digest is of; its terminator
  /// is not among them.
  package var tailLength = 0
  /// The SHA-256 of these bytes.
  package var tailDigest: [UInt8]?
  /// What is stored of the file before the batch; another number means another process was there.
  package var expectation = Expectation.anything
  /// The shorter beginning by which the file was known before it grew.
  package var formerPrefixLength: Int?
  package var formerPrefixDigest: [UInt8]?
  /// Where the first line of an agent's own format begins, if there is one.
  package var agentOffset: Int64?
  package var path: String

  /// What a writer believes to be stored of a file.
  package enum Expectation: Hashable, Sendable {
    /// It does not matter: the file is read from its beginning, whatever is stored.
    case anything
    case nothing
    case coveredBytes(Int64)
  }

  package init(
    prefixLength: Int,
    prefixDigest: [UInt8],
    coveredBytes: Int64,
    coveredLines: Int64,
    unfinishedBytes: Int64 = 0,
    agentOffset: Int64? = nil,
    path: String
  ) {
    self.prefixLength = prefixLength
    self.prefixDigest = prefixDigest
    self.coveredBytes = coveredBytes
    self.coveredLines = coveredLines
    self.unfinishedBytes = unfinishedBytes
    self.agentOffset = agentOffset
    self.path = path
  }
}

/// What became of a batch.
package struct AppendResult: Sendable {
  /// What became of its lines.
  package var counts = LineCounts()
  /// How many events are new.
  package var storedEvents = 0
}
