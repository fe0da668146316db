internal import ArgumentParser
internal import MCPCommandLine
internal import MCPEvents
internal import MCPStore
internal import MCPSystem

/// Reads and writes the values of `user_config`.
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Keep values beside the records, encrypted if need be.",
    discussion: """
      Examples:
        mcp-sidecar config set default.branch main
        gh auth token | mcp-sidecar config set github.token --encrypted
        mcp-sidecar config get github.token
        mcp-sidecar config list
        mcp-sidecar config rekey

      The key is $MCP_SIDECAR_KEY (64 hexadecimal digits, or the base64 of 32 bytes), else the file \
      ~/.config/mcp-sidecar/key, which the first encrypted value makes.
      """,
    subcommands: [Set.self, Get.self, List.self, Delete.self, Rekey.self]
  )

  /// Sets a value.
  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Set a value; without one on the command line it is read from standard input.",
      discussion: "A value that was encrypted stays so, unless --plain is given."
    )

    @Argument(help: "Its name.")
    var key: String

    @Argument(help: "The value. One to be encrypted comes from standard input only.")
    var value: String?

    @Flag(help: "Store it encrypted.")
    var encrypted = false

    @Flag(help: "Store it as it is.")
    var plain = false

    @OptionGroup var database: DatabaseOptions

    mutating func validate() throws {
      guard !(encrypted && plain) else {
        throw ValidationError("--encrypted and --plain exclude each other")
      }
      guard !(encrypted && value != nil) else {
        throw ValidationError(
          "a value to be encrypted is read from standard input, because others can see the "
            + "command line: printf %s \"$VALUE\" | mcp-sidecar config set \(key) --encrypted"
        )
      }
    }

    func run() throws {
      if value == nil, BorrowedDescriptor.standardInput.isTerminal {
        Diagnostics.write("type the value, then Return and Control-D:")
      }
      let text = try value ?? StandardInput.value()
      let isEncrypted = encrypted ? true : plain ? false : nil
      try database.write { try $0.setConfig(key, text, encrypted: isEncrypted) }
    }
  }

  /// Prints a value.
  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a value, decrypted; 66 if there is none."
    )

    @Argument(help: "Its name.")
    var key: String

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let value = try database.withExistingStore { try $0.configNow(key) }
      guard let value else {
        throw CommandError(.noInput, "there is no configuration value '\(key)'")
      }
      print(value)
    }
  }

  /// Lists the names of the values.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the names of the values, one JSON object a line."
    )

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      for entry in try database.withExistingStore({ try $0.configKeysNow() }) {
        print(
          "{\"key\":\(JSONText.quoted(entry.key)),\"encrypted\":\(entry.isEncrypted),"
            + "\"updated_at\":\"\(entry.updatedAt)\"}"
        )
      }
    }
  }

  /// Deletes a value.
  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Delete a value.")

    @Argument(help: "Its name.")
    var key: String

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      try database.write { try $0.deleteConfig(key) }
    }
  }

  /// Encrypts all values again.
  struct Rekey: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Encrypt all encrypted values with a new key.",
      discussion: """
        A key file gets a new key, and keeps the old ones for other databases and for backups. With \
        $MCP_SIDECAR_KEY, set it to the new key, and $MCP_SIDECAR_OLD_KEY to the one before.
        """
    )

    @OptionGroup var database: DatabaseOptions

    func run() throws {
      let count = try database.withExistingStore { store in
        try store.transactionNow { try $0.rekeyConfig() }
      }
      Diagnostics.write("\(count) values encrypted again")
    }
  }
}
