import Testing

@Suite struct `Redaction of the labelled corpus` {
  private let corpus = RedactionCorpus(seed: 20_260_105)

  @Test func `has enough samples of both kinds`() {
    #expect(corpus.positives.count >= 300)
    #expect(corpus.negatives.count >= 600)
  }

  @Test func `finds what is secret and nothing else`() {
    let score = RedactionScore(corpus)

    print(score)
    #expect(score.precision >= 0.99)
    #expect(score.recall >= 0.95)
  }

  @Test(arguments: UInt64(1)...8)
  func `finds as much in other corpora`(seed: UInt64) {
    let score = RedactionScore(RedactionCorpus(seed: seed))

    #expect(score.precision >= 0.99)
    #expect(score.recall >= 0.95)
  }
}
