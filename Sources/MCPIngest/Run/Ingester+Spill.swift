internal import Logging
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

extension Ingester {
  private static let mostPatience = Duration.seconds(5)
  /// How often it is looked whether lines in files can be stored, though nothing is read.
  static let spillInterval = Duration.milliseconds(50)

  /// Stores what earlier runs had to leave in spill files.
  ///
  /// - Throws: A ``StoreError`` or `SystemError`; files that are not stored yet stay.
  package mutating func ingestSpill() throws {
    let folder = SpillFolder(database: store.path)
    guard let lock = try folder.tryLock() else { return }
    var failure: SystemError?
    for path in folder.files where !isStopping {
      options.logger.info("storing what waits in \(path)")
      // One file that cannot be read holds up no other.
      do { try ingestSpill(path) } catch let error as SystemError { failure = error }
    }
    folder.removeIfEmpty()
    try lock.close()
    if let failure { throw failure }
  }

  /// Stores a few of the payloads that hooks had to leave in files.
  ///
  /// - Throws: A ``StoreError`` or `SystemError`; files that are not stored yet stay.
  mutating func ingestSpillOfHooks() throws {
    let folder = SpillFolder(database: store.path)
    guard let lock = try folder.tryLock() else { return }
    let paths = try folder.files.prefix(Self.mostLookedAt).filter { path in
      guard let status = try FileStatus.of(path), status.size <= Self.smallSpill else {
        return false
      }
      return try SpillReplay.header(of: path)?.source == HookRecorder.source
    }
    for path in paths.prefix(Self.mostOfHooks) { try ingestSpill(path) }
    folder.removeIfEmpty()
    try lock.close()
  }

  private static let mostLookedAt = 16
  /// An agent waits while they are stored.
  private static let mostOfHooks = 2
  private static let smallSpill: Int64 = 1 << 20

  /// Stores the lines of one file as the run that left them would have.
  private mutating func ingestSpill(_ path: String) throws {
    let input = Input(name: "spill " + FileSystem.lastComponent(of: path), isPipe: false)
    var options = options
    options.acknowledgements = nil
    if let header = try SpillReplay.header(of: path) { options = header.options(options) }
    let (outbox, writer) = makeWriter(input, options)
    let turn = writing.begin(writer)
    var failure: (any Error)?
    do {
      _ = try SpillReplay(store: store, options: options).run(path, outbox)
    } catch {
      failure = error
    }
    outbox.close()
    turn.join()
    try finish(input, writer.progress, writer.statistics, failure)
  }

  /// Puts into a file what the database does not take, and takes it back once it can.
  func handOver(
    _ intake: inout LineIntake,
    _ outbox: BatchOutbox,
    _ writer: BatchWriter,
    _ delivery: inout Delivery
  ) throws {
    if intake.isHeldUp { spill(&intake, writer, &delivery) }
    guard delivery.isSpilling, outbox.isIdle else { return }
    let folder = SpillFolder(database: store.path)
    let lock = try folder.tryLock()
    guard lock != nil || delivery.files.isEmpty else { return }
    delivery.endFile()
    let replay = SpillReplay(store: store, options: options)
    for path in delivery.files {
      guard try replay.run(path, outbox) else { return }
    }
    writer.didStore(lines: delivery.coveredLines, bytes: delivery.coveredBytes)
    options.logger.info("what waited in \(folder.path) is stored")
    delivery.didReplay()
    intake.isDiverted = false
    folder.removeIfEmpty()
    try lock?.close()
  }

  private func spill(_ intake: inout LineIntake, _ writer: BatchWriter, _ delivery: inout Delivery)
  {
    let lostBefore = delivery.lostLines
    if !delivery.isSpilling {
      options.logger.warning("lines wait in \(store.path)-spill until \(store.path) can be written")
    }
    delivery.spill(intake.takeBatch())
    intake.isDiverted = true
    guard delivery.lostLines > 0 else { return }
    writer.noteLoss()
    if lostBefore == 0, let failure = delivery.failure {
      options.logger.error("lines are lost: \(failure)")
    }
  }

  /// Hands over the rest; somebody else who reads files back gets some time to end.
  func settle(
    _ intake: inout LineIntake,
    _ outbox: BatchOutbox,
    _ writer: BatchWriter,
    _ delivery: inout Delivery
  ) throws {
    let deadline = ContinuousClock.now + Self.mostPatience
    while true {
      if delivery.isSpilling { outbox.waitUntilIdle() }
      try handOver(&intake, outbox, writer, &delivery)
      guard delivery.isSpilling, outbox.isIdle else { return }
      guard .now < deadline else { throw StoreError.waiting(store.path) }
      Sleep.microseconds(20_000)
    }
  }

  /// Stores what still waits in files, after the last attempt of the writer was a good one.
  mutating func takeBack(_ delivery: inout Delivery, _ writer: BatchWriter) throws {
    delivery.endFile()
    try ingestSpill()
    guard try delivery.files.allSatisfy({ (path) in try FileStatus.of(path) == nil }) else {
      throw StoreError.waiting(store.path)
    }
    writer.didStore(lines: delivery.coveredLines, bytes: delivery.coveredBytes)
    delivery.didReplay()
  }
}

extension StoreError {
  fileprivate static func waiting(_ path: String) -> Self {
    Self(
      .logFailed,
      .busy,
      "another process is storing what waits in \(path)-spill; the next writer stores the rest"
    )
  }
}
