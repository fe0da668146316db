public import ArgumentParser
public import MCPEvents
public import MCPStore

// The words are checked by the store, whose errors suggest the one that was meant.
extension InstanceType: ExpressibleByArgument {
  /// Takes any word.
  public init?(argument: String) { self.init(rawValue: argument) }

  /// The words that completion offers.
  public static var allValueStrings: [String] { builtIn.map(\.rawValue) }
}

extension InstanceStatus: ExpressibleByArgument {
  /// Takes any word.
  public init?(argument: String) { self.init(rawValue: argument) }

  /// The words that completion offers.
  public static var allValueStrings: [String] { builtIn.map(\.rawValue) }
}

extension RelationshipType: ExpressibleByArgument {
  /// Takes any word.
  public init?(argument: String) { self.init(rawValue: argument) }

  /// The words that completion offers.
  public static var allValueStrings: [String] { builtIn.map(\.rawValue) }
}

extension InstanceUpdate.Field: ExpressibleByArgument {}
