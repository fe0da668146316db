internal import ArgumentParser
internal import MCPCommandLine
internal import MCPStore
internal import MCPSystem

extension DatabaseOptions {
  /// What the user has configured: `--db` over the environment over the configuration file.
  func configuration() throws -> StoreConfiguration {
    var configuration = try StoreConfiguration.load(databaseFile: database)
    configuration.surroundings.host = ProcessEnvironment.hostName
    configuration.surroundings.user = ProcessEnvironment.userName
    return configuration
  }

  /// Opens or creates the database as the user has configured it, and closes it after `body`.
  func withStore<Value>(_ body: (AgentStore) throws -> Value) throws -> Value {
    let store = try AgentStore.openNow(configuration())
    let value: Value
    do {
      value = try body(store)
    } catch {
      // What went wrong first is what is told.
      try? store.close()
      throw error
    }
    try store.close()
    return value
  }

  /// The same for a database that must be there already.
  func withExistingStore<Value>(_ body: (AgentStore) throws -> Value) throws -> Value {
    guard try exists() else { throw DatabaseLocation.missing(try configuration().local.path) }
    return try withStore(body)
  }

  /// Whether there is a file.
  func exists() throws -> Bool {
    try FileStatus.of(configuration().local.path) != nil
  }

  /// Writes what the command line says, in one transaction.
  func write<Value>(_ body: (borrowing StoreTransaction) throws -> Value) throws -> Value {
    try withStore { store in
      do {
        return try store.transactionNow(body)
      } catch let error as StoreError where error.reason == .invalid {
        throw CommandError(.usage, error.message)
      }
    }
  }
}
