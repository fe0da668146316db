/// JSON text with blanks that are filled in anew for each event.
///
/// The literal parts are written as they are, so they hold JSON escapes: `#"{"path":"\#(.file)"}"#`.
struct Template: ExpressibleByStringInterpolation {
  enum Blank {
    /// The path of the file that the event is about.
    case file
    /// A shell command.
    case command
    /// The name of a function or type.
    case symbol
    /// A sentence or a line of code, in one of several languages.
    case phrase
    /// From 0 to 9.
    case digit
    /// From 1 to about 1000, mostly small.
    case number
    /// Forty hexadecimal digits.
    case commit
  }

  enum Part {
    case literal([UInt8])
    case blank(Blank)
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    init(literalCapacity: Int, interpolationCount: Int) {
      parts.reserveCapacity(2 * interpolationCount + 1)
    }

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.literal(Array(literal.utf8))) }
    }

    mutating func appendInterpolation(_ blank: Blank) {
      parts.append(.blank(blank))
    }
  }

  let parts: [Part]

  init(stringLiteral value: String) {
    parts = [.literal(Array(value.utf8))]
  }

  init(stringInterpolation: StringInterpolation) {
    parts = stringInterpolation.parts
  }
}
