/// How often two bytes follow each other in what agents write, as a rough weight.
///
/// It decides by which three bytes of a pattern to look for it: a pair that ordinary text is full of
/// costs time at each of its places.
enum PairCommonness {
  /// The pairs of letters that English and code have most of.
  private static let commonPairs =
    """
    in es se re at on te st er me th ta or en ti et to ar le de nt he el an al io nd ne ss it am co \
    ce is li ed ol ro id pa ra tr ur ex as oo na ng ns lf ad nc ca ea si ec ge ou il ue su pe ts ri \
    ut mp fi ac ll un if ct ch im ve tu ul no rn us la da od ma lu di om ot ef rg xt lo fo ha lt rr \
    rs pr rt ls op ag be ru va gs po pt ke em of ic pl ck um ep ai du ho ty cl mo mi ry cc ab ow uc \
    yp hi oc ap ki ie os ni so ba ev wo wi sa nu ff sh rc fa tt bl ee dd ig tc pu ok ey we
    """

  /// For each pair of letters whether it is common; the first letter counts 26.
  private static let isCommonPair: [Bool] = {
    var table = Array(repeating: false, count: 26 * 26)
    for pair in commonPairs.split(separator: " ") {
      let letters = Array(pair.utf8)
      table[index(of: letters[0], letters[1])] = true
    }
    return table
  }()

  private static func index(of first: UInt8, _ second: UInt8) -> Int {
    Int(first - UInt8(ascii: "a")) * 26 + Int(second - UInt8(ascii: "a"))
  }

  /// Whether two letters, large or small, often follow each other in words.
  static func isCommon(_ first: UInt8, _ second: UInt8) -> Bool {
    isCommonPair[index(of: first.lowercased, second.lowercased)]
  }

  /// The weight of all pairs of a member of `first` and one of `second`.
  static func sum(of first: ByteClass, _ second: ByteClass) -> Int {
    first.members.reduce(0) { sum, byte in
      second.members.reduce(sum) { $0 + weight(of: byte, $1) }
    }
  }

  private enum Kind { case small, capital, digit, blank, underscore, other }

  private static func kind(of byte: UInt8) -> Kind {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"): .small
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): .capital
    case UInt8(ascii: "0")...UInt8(ascii: "9"): .digit
    case UInt8(ascii: " "), UInt8(ascii: "\""): .blank
    case UInt8(ascii: "_"): .underscore
    default: .other
    }
  }

  private static func weight(of first: UInt8, _ second: UInt8) -> Int {
    switch (kind(of: first), kind(of: second)) {
    case (.small, .small): isCommon(first, second) ? 12 : 2
    case (.digit, .digit), (.blank, _), (_, .blank): 10
    case (.small, .underscore), (.underscore, .small), (.digit, .other), (.other, .digit): 5
    case (.small, .other), (.other, .small): 3
    default: 1
    }
  }
}
