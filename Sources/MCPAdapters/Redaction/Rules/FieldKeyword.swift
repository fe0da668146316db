/// The last word in the names of fields whose values are secret.
enum FieldKeyword: String, CaseIterable, Hashable, Sendable {
  case password, passwd, passphrase, pwd, secret, token, key

  /// Three letters of the word, rare ones, in the ways in which names are written.
  var trigrams: [Trigram] {
    switch self {
    case .password: [Trigram](of: "swo", "SWO", "sWo")
    case .passwd: [Trigram](of: "swd", "SWD")
    case .passphrase: [Trigram](of: "sph", "SPH")
    case .pwd: [Trigram](of: "pwd", "PWD", "Pwd")
    case .secret: [Trigram](of: "ecr", "ECR")
    case .token: [Trigram](of: "oke", "OKE")
    case .key: [Trigram](of: "key", "KEY", "Key")
    }
  }

  private var offsetOfTrigram: Int {
    switch self {
    case .password, .passwd, .passphrase: 3
    case .secret, .token: 1
    case .pwd, .key: 0
    }
  }

  /// The word around its trigram at `start`, if it stands there.
  func range(in line: Span<UInt8>, around start: Int) -> Range<Int>? {
    let start = start - offsetOfTrigram
    return line.hasFolded(rawValue.utf8, at: start) ? start..<start + rawValue.utf8.count : nil
  }
}
