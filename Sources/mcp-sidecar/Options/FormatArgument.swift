internal import ArgumentParser
internal import MCPAdapters

/// The format of lines on the command line.
enum FormatArgument: Hashable, ExpressibleByArgument {
  /// It is found out line by line.
  case auto
  /// The line protocol.
  case native
  /// An agent's own.
  case agent(StreamFormat)

  init?(argument: String) {
    switch argument {
    case "auto": self = .auto
    case "native": self = .native
    default:
      guard let format = StreamFormat(rawValue: argument) else { return nil }
      self = .agent(format)
    }
  }

  /// The format of an agent, if one is named.
  var stream: StreamFormat? {
    if case .agent(let format) = self { format } else { nil }
  }

  var defaultValueDescription: String {
    switch self {
    case .auto: "auto"
    case .native: "native"
    case .agent(let format): format.rawValue
    }
  }

  static var allValueStrings: [String] {
    ["auto", "native"] + StreamFormat.allCases.map(\.rawValue)
  }
}
