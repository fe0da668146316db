/// How often the redactor was right about a corpus.
struct RedactionScore: CustomStringConvertible {
  private var found = 0
  private var missed: [RedactionSample] = []
  private var wrong: [(sample: RedactionSample, output: String)] = []
  private let positives: Int
  private let negatives: Int

  /// A hit counts as right only if it replaces the whole secret and not a byte more.
  init(_ corpus: RedactionCorpus) {
    positives = corpus.positives.count
    negatives = corpus.negatives.count
    for sample in corpus.positives + corpus.negatives {
      let (output, hits) = redacted(sample.line)
      if hits == 0 {
        if !sample.secrets.isEmpty { missed.append(sample) }
      } else if output.withoutMarkKinds == sample.expected {
        found += 1
      } else {
        wrong.append((sample, output))
        if !sample.secrets.isEmpty { missed.append(sample) }
      }
    }
  }

  var precision: Double { Double(found) / Double(found + wrong.count) }
  var recall: Double { Double(found) / Double(positives) }

  var description: String {
    """
    redaction: \(positives) positives, \(negatives) negatives, precision \(precision), recall \
    \(recall)
    missed: \(missed.map(\.description).joined(separator: "\n        "))
    wrong:  \(wrong.map { "\($0.sample)\n     -> \($0.output)" }.joined(separator: "\n        "))
    """
  }
}
