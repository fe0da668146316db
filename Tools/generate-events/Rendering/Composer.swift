/// Fills in templates: owns the randomness, the words and the file that the event is about.
struct Composer {
  private static let greatestNumber = 1_000
  /// A phrase is about this long; less room than that is left empty.
  private static let roomForPhrase = 24

  var random: RandomNumbers
  private let words = Words()
  private var file: (folder: Int, name: Int) = (0, 0)

  init(random: RandomNumbers) {
    self.random = random
  }

  /// Chooses the file that the next event is about.
  mutating func chooseFile() {
    file = (random.number(below: words.folders.count), random.number(below: words.files.count))
  }

  mutating func append(_ template: Template, to line: inout [UInt8]) {
    for part in template.parts {
      switch part {
      case .literal(let text): line += text
      case .blank(let blank): fill(blank, in: &line)
      }
    }
  }

  /// Appends phrases until `line` has about `end` bytes; at least one.
  mutating func appendText(until end: Int, to line: inout [UInt8]) {
    fill(.phrase, in: &line)
    while line.count + Self.roomForPhrase < end {
      line.append(#"\n"#)
      fill(.phrase, in: &line)
    }
  }

  private mutating func fill(_ blank: Template.Blank, in line: inout [UInt8]) {
    switch blank {
    case .file:
      line += words.folders[file.folder]
      line += words.files[file.name]
    case .command: line += words.commands[random.number(below: words.commands.count)]
    case .symbol: line += words.symbols[random.number(below: words.symbols.count)]
    case .phrase: line += words.phrases[random.number(below: words.phrases.count)]
    case .digit: line.append(decimal: random.number(below: 10))
    case .number: line.append(decimal: random.skewedNumber(in: 1...Self.greatestNumber))
    case .commit:
      line.append(hex: random.next(), digits: 16)
      line.append(hex: random.next(), digits: 16)
      line.append(hex: random.next(), digits: 8)
    }
  }
}
