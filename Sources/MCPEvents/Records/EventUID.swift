/// The readable names that make an event storable once: `<family>:<scope>:<call id>[:phase]`.
///
/// A call may be recorded more than once, each time better: first as incomplete, then with its
/// result, at last as denied. The versions of one call differ in their phase only.
package enum EventUID {
  /// The family of events that were read from an archive: `archive:<database id>:<event id>`.
  package static let archivePrefix = "archive:"

  /// Which version of a call a record is, the weakest first.
  package enum Phase: String, CaseIterable, Comparable, Sendable {
    /// Whether the call ended is not known, or not yet.
    case provisional
    /// The call has ended; how is not known, or may be told better.
    case ended
    /// The call's result.
    case result
    /// What was learnt after the result: how a call that went on in the background ended.
    case late
    /// The call was not allowed to run.
    case denied

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rank < rhs.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
  }

  /// The uid of one version of a call.
  ///
  /// - Parameters:
  ///   - family: The agent's name.
  ///   - scope: Where the call id is unique.
  ///   - call: The call id.
  ///   - phase: The version.
  /// - Returns: The uid.
  package static func make(
    family: String,
    scope: String,
    call: String,
    phase: Phase = .result
  ) -> String {
    version(phase, of: "\(family):\(part(scope)):\(part(call))")
  }

  /// The uid of another version of the call whose result is called `uid`.
  package static func version(_ phase: Phase, of uid: String) -> String {
    phase == .result ? uid : "\(uid):\(phase.rawValue)"
  }

  /// The uid of the call's result, and the version that `uid` is.
  package static func base(of uid: String) -> (uid: String, phase: Phase) {
    for phase in Phase.allCases where phase != .result && uid.hasSuffix(":\(phase.rawValue)") {
      return (String(uid.dropLast(phase.rawValue.utf8.count + 1)), phase)
    }
    return (uid, .result)
  }

  /// A part of a uid, in which a colon would be ambiguous.
  private static func part(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "%") }) else {
      return text
    }
    return text.reduce(into: "") { result, character in
      switch character {
      case ":": result += "%3A"
      case "%": result += "%25"
      default: result.append(character)
      }
    }
  }
}
