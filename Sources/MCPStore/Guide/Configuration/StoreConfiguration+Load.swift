internal import MCPEvents
internal import MCPSystem

extension StoreConfiguration {
  /// The configuration of the programs: their database, and else the defaults.
  ///
  /// The file is `${XDG_DATA_HOME:-~/.local/share}/mcp-sidecar/events.db`.
  public static var shared: Self {
    var configuration = Self()
    configuration.local.file = SharedDatabase.path
    return configuration
  }

  /// Takes what the user has set: an argument over the environment over the file.
  ///
  /// The file is `${XDG_CONFIG_HOME:-~/.config}/mcp-sidecar/config.json`, with the guide's sections
  /// `local`, `cloud`, `connection` and `maintenance`. The names of the environment's variables
  /// begin with `MCP_SIDECAR_`; see <doc:Configuration> for all of them. What nobody has set is as
  /// in ``shared``.
  ///
  /// - Parameter databaseFile: The database, where an argument of the program names one.
  /// - Returns: The configuration.
  /// - Throws: A ``StoreError`` that names the setting that is wrong, and where it was set.
  public static func load(databaseFile: String? = nil) throws(StoreError) -> Self {
    try load(
      databaseFile: databaseFile,
      configurationFile: ConfigurationDirectory.path + "/config.json",
      environment: ProcessEnvironment.variable
    )
  }

  /// The same with the surroundings as parameters.
  static func load(
    databaseFile: String?,
    configurationFile: String,
    environment: (String) -> String?
  ) throws(StoreError) -> Self {
    var configuration = shared
    try configuration.apply(file: configurationFile)
    for setting in Setting.all {
      guard let text = environment(setting.variable), !text.isEmpty else { continue }
      try configuration.apply(setting, .text(text), name: setting.variable)
    }
    if let databaseFile { configuration.local.file = databaseFile }
    return configuration
  }

  private mutating func apply(file path: String) throws(StoreError) {
    guard let bytes = try Self.content(of: path) else { return }
    let document: JSONDocument
    do throws(JSONError) { document = try JSONDocument(bytes.span) } catch {
      throw Self.refusal("\(path) is no JSON: \(LineRejection(error, in: bytes.span).message)")
    }
    guard document.root.isObject else { throw Self.refusal("\(path) must hold one JSON object") }
    for (section, members) in document.root.entries {
      guard members.isObject else {
        throw Self.refusal("'\(section)' in \(path) must be an object")
      }
      for (name, value) in members.entries {
        try apply("\(section).\(name)", value, path)
      }
    }
  }

  private mutating func apply(
    _ key: String,
    _ json: JSONValue,
    _ path: String
  ) throws(StoreError) {
    guard let setting = Setting.all.first(where: { $0.key == key }) else {
      let advice = Setting.suggestion(for: key).map { ": did you mean '\($0)'?" } ?? ""
      throw Self.refusal("there is no setting '\(key)', which \(path) sets\(advice)")
    }
    let name = "'\(key)' in \(path)"
    guard let value = SettingValue(json) else {
      throw Self.refusal("\(name) must be text, a whole number, true or false")
    }
    try apply(setting, value, name: name)
  }

  private mutating func apply(
    _ setting: Setting,
    _ value: SettingValue,
    name: String
  ) throws(StoreError) {
    do {
      try setting.apply(&self, value)
    } catch {
      let expectation = (error as? SettingRefusal)?.expectation ?? "something else"
      throw Self.refusal("\(name) must be \(expectation)")
    }
  }

  private static let largestFile = 1 << 20

  private static func content(of path: String) throws(StoreError) -> [UInt8]? {
    do throws(SystemError) {
      guard try isThere(path) else { return nil }
      let file = try FileDescriptor.open(path, for: .reading)
      var failure: SystemError?
      let bytes = [UInt8](capacity: largestFile) { output in
        do throws(SystemError) { try file.read(at: 0, into: &output) } catch { failure = error }
      }
      if let failure { throw failure }
      return bytes
    } catch {
      throw .wrapping(.initializationFailed, "read \(path)", error)
    }
  }

  /// Whether there is such a file; one in a folder that may not be entered, as in the home of
  /// another user whose environment was kept, is none of ours.
  private static func isThere(_ path: String) throws(SystemError) -> Bool {
    do throws(SystemError) {
      return try FileStatus.of(path) != nil
    } catch {
      guard error.isPermissionDenied else { throw error }
      return false
    }
  }

  private static func refusal(_ message: String) -> StoreError {
    StoreError(.initializationFailed, .invalid, message)
  }
}

/// The programs' database.
package enum SharedDatabase {
  /// `${XDG_DATA_HOME:-~/.local/share}/mcp-sidecar`.
  static var directory: String {
    let base = ProcessEnvironment.variable("XDG_DATA_HOME").flatMap { $0.isEmpty ? nil : $0 }
    return (base ?? (ProcessEnvironment.homeDirectory ?? "") + "/.local/share") + "/mcp-sidecar"
  }

  static var path: String { directory + "/events.db" }

  /// Makes the directory of the programs' database, private to the user.
  ///
  /// - Parameter path: The database that is going to be opened; nothing is made for another file.
  /// - Throws: A ``StoreError`` when the directory cannot be made.
  package static func prepare(_ path: String) throws(StoreError) {
    guard path == Self.path else { return }
    do throws(SystemError) {
      try FileSystem.createDirectories(directory)
    } catch {
      throw .wrapping(.initializationFailed, "create \(directory)", error)
    }
  }
}
