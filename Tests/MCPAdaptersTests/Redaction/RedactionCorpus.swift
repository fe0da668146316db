/// Labelled lines, made from shapes, so that no text here looks like a secret.
struct RedactionCorpus: Sendable {
  private(set) var positives: [RedactionSample] = []
  private(set) var negatives: [RedactionSample] = []

  private var random: RedactionRandom

  /// A shape of a secret: its name, how it is drawn, and the text around it with `¤` for it.
  typealias Shape = (label: String, draw: (inout RedactionRandom) -> String, around: [String])

  /// A shape of text without one.
  typealias Lookalike = (label: String, draw: (inout RedactionRandom) -> String)

  init(seed: UInt64) {
    random = RedactionRandom(seed: seed)
    for shape in Self.tokens + Self.credentials {
      addPositives(of: shape)
    }
    for shape in Self.fields {
      addLines(of: shape)
    }
    for lookalike in Self.lookalikes {
      addNegatives(of: lookalike)
    }
    for line in Self.harmlessLines {
      negatives.append(RedactionSample(label: "harmless", line: line, secrets: []))
    }
  }

  private mutating func addPositives(of shape: Shape) {
    for context in RedactionContext.allCases {
      let secret = shape.draw(&random)
      let text = random.one(of: shape.around).replacing("¤", with: secret)
      let line = context.line(with: text)
      // A key of many lines stands in the line with the context's escapes.
      let end = secret.contains("\n") ? context.line(with: secret) : secret
      let escaped = secret.contains("\n") ? Self.common(end, line) : secret
      positives.append(RedactionSample(label: shape.label, line: line, secrets: [escaped]))
    }
  }

  /// Shapes that bring their own line.
  private mutating func addLines(of shape: Shape) {
    for around in shape.around {
      for _ in 0..<2 {
        let secret = shape.draw(&random)
        let line = around.replacing("¤", with: secret)
        positives.append(RedactionSample(label: shape.label, line: line, secrets: [secret]))
      }
    }
  }

  private mutating func addNegatives(of lookalike: Lookalike) {
    for context in RedactionContext.allCases {
      for _ in 0..<2 {
        let line = context.line(with: lookalike.draw(&random))
        negatives.append(RedactionSample(label: lookalike.label, line: line, secrets: []))
      }
    }
  }

  /// The part of `line` that begins and ends a private key.
  private static func common(_ block: String, _ line: String) -> String {
    guard let start = line.firstRange(of: "-----BEGIN"),
      let end = line.ranges(of: "KEY-----").last
    else { return block }
    return String(line[start.lowerBound..<end.upperBound])
  }
}
