internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Brings batches to the database, or into a spill file while it cannot be written.
struct Delivery: ~Copyable {
  /// Lines that are kept in spill files.
  private(set) var spilledLines: Int64 = 0
  /// Lines that could be kept nowhere.
  private(set) var lostLines: Int64 = 0
  /// What the lines in files, and all before them, cover.
  private(set) var coveredBytes: Int64 = 0
  private(set) var coveredLines: Int64 = 0
  /// Why lines could be kept nowhere.
  private(set) var spillFailure: SystemError?

  private let folder: SpillFolder
  private let header: SpillHeader
  private let startedAt: Int64
  private var writer: SpillWriter?
  private var number = 1

  /// Prepares spilling for the lines of a source.
  init(_ folder: SpillFolder, _ header: SpillHeader) {
    self.folder = folder
    self.header = header
    startedAt = SystemClock.unixMilliseconds
  }

  /// Whether batches go into a file now.
  private(set) var isSpilling = false

  /// The files of this source that are not stored yet.
  private(set) var files: [String] = []

  /// What is to be told of lines that are lost.
  var failure: SystemError? { lostLines > 0 ? spillFailure : nil }

  /// Puts a batch into the current spill file, or a new one.
  mutating func spill(_ batch: RecordBatch) {
    isSpilling = true
    do throws(SystemError) {
      if writer == nil { writer = try openNext() }
      spilledLines += try writer?.write(batch) ?? 0
      (coveredBytes, coveredLines) = (batch.coveredBytes, batch.coveredLines)
    } catch {
      // What was written of the batch may have stayed: nothing comes behind it.
      writer = nil
      spillFailure = error
      lostLines += batch.lineCount
    }
  }

  /// Puts batches that were never stored before all that was spilled since.
  mutating func spillRest(_ batches: [RecordBatch]) {
    guard !batches.isEmpty else { return }
    var kept = 0
    do throws(SystemError) {
      var first = try open(number: 0)
      for batch in batches {
        spilledLines += try first.write(batch)
        kept += 1
      }
    } catch {
      spillFailure = error
      lostLines += batches[kept...].reduce(0) { $0 + $1.lineCount }
    }
  }

  private mutating func openNext() throws(SystemError) -> SpillWriter {
    defer { number += 1 }
    return try open(number: number)
  }

  private mutating func open(number: Int) throws(SystemError) -> SpillWriter {
    var header = header
    header.identifier = String(UInt64.random(in: .min ... .max), radix: 16)
    let path = folder.newFile(number, startedAt: startedAt)
    let writer = try create(path, header, attempts: 10)
    files.append(path)
    return writer
  }

  /// Somebody else may remove the directory, because it is empty, at any moment.
  private func create(
    _ path: String,
    _ header: SpillHeader,
    attempts: Int
  ) throws(SystemError) -> SpillWriter {
    do throws(SystemError) {
      try folder.create()
      return try SpillWriter(path, header)
    } catch {
      guard error.isNotFound, attempts > 1 else { throw error }
      return try create(path, header, attempts: attempts - 1)
    }
  }

  /// Ends the current file, so that it can be read back.
  mutating func endFile() {
    writer = nil
  }

  /// Notes that what was spilled is stored now.
  mutating func didReplay() {
    (spilledLines, files, isSpilling) = (0, [], false)
  }
}

extension RecordBatch {
  /// How many lines it holds.
  var lineCount: Int64 {
    Int64(events.lines.count + rejected.count) + counts.lines
  }
}
