/// The command of a hook as it stands in an agent's settings: a line for the shell.
///
/// It does nothing, and succeeds, once the program is gone: an agent that cannot start a hook
/// complains at every call, or does not go on.
struct HookLine {
  /// The program, by its absolute path.
  let program: String
  /// The database, by its absolute path; nil for the one that the program finds itself.
  let database: String?

  /// The line.
  var text: String {
    let program = Self.quoted(program)
    let database = database.map { " --db " + Self.quoted($0) } ?? ""
    return Self.opening + program + Self.middle + program + " hook" + database
  }

  private static let opening = "[ ! -x "
  private static let middle = " ] || "

  /// Whether a command is such a line, of whichever program and database.
  static func isInstalled(_ command: String) -> Bool {
    guard command.hasPrefix(opening), let middle = command.firstRange(of: middle) else {
      return false
    }
    let program = command[..<middle.lowerBound].dropFirst(opening.count)
    return command[middle.upperBound...].hasPrefix(program + " hook")
  }

  /// A word of the shell that stands for `text` whatever is in it.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: #"'\''"#) + "'"
  }
}
