/// What an agent instance is for.
public struct InstanceType: OpenVocabulary {
  /// The word as it is stored.
  public let rawValue: String

  /// Takes any word; whether it may be stored is ``OpenVocabulary/isValid``.
  public init(rawValue: String) { self.rawValue = rawValue }

  /// It writes code.
  public static let coding: Self = "coding"
  /// It reviews code.
  public static let review: Self = "review"
  /// It plans.
  public static let planning: Self = "planning"

  /// The built-in types.
  public static var builtIn: [Self] { [.coding, .review, .planning] }
}
