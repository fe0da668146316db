/// A JSON number as its digits and the place of its decimal point, exact at any length.
struct ScaledDecimal {
  /// The number of digits before the point, leading zeros not counted; of 0.01 it is -1.
  private(set) var wholeDigits = 0

  private var isNegative = false

  /// The index of the first digit that is not 0; the end of the digits for zero.
  private var first = 0

  /// The index after the last digit.
  private var end = 0

  /// Larger exponents make no difference: all numbers that are used have less than 20 digits.
  private static let largestExponent: Int64 = 1 << 40

  /// Finds the digits of a JSON number; `nil` when it is none.
  init?(_ number: Span<UInt8>) {
    guard number.count > 0, (try? number.endOfNumber(from: 0)) == number.count else { return nil }
    isNegative = number[0] == UInt8(ascii: "-")
    first = -1
    var point = -1
    var index = isNegative ? 1 : 0
    while index < number.count, number[index] | 0x20 != UInt8(ascii: "e") {
      if number[index] == UInt8(ascii: ".") {
        point = index
      } else if first < 0, number[index] != UInt8(ascii: "0") {
        first = index
      }
      index += 1
    }
    end = index
    if point < 0 { point = end }
    guard first >= 0 else {
      first = end
      return
    }
    let distance = first < point ? point - first : point + 1 - first
    wholeDigits = distance + Self.exponent(number, from: end + 1)
  }

  private static func exponent(_ number: Span<UInt8>, from start: Int) -> Int {
    guard start < number.count else { return 0 }
    let isNegative = number[start] == UInt8(ascii: "-")
    let hasSign = isNegative || number[start] == UInt8(ascii: "+")
    var exponent: Int64 = 0
    for index in start + (hasSign ? 1 : 0)..<number.count {
      exponent = min(exponent * 10 + Int64(number[index] - UInt8(ascii: "0")), largestExponent)
    }
    return Int(isNegative ? -exponent : exponent)
  }

  /// The number times 10 to the power of `shift`, rounded down.
  ///
  /// It is `nil` when it has more than 18 digits. The text is the one that the decimal was made of.
  func floor(shiftedBy shift: Int, in number: Span<UInt8>) -> Int64? {
    if first == end { return 0 }
    let count = wholeDigits + shift
    guard count <= 18 else { return nil }
    var value: Int64 = 0
    var taken = 0
    var hasRest = false
    for index in first..<end where number[index] != UInt8(ascii: ".") {
      let digit = Int64(number[index] - UInt8(ascii: "0"))
      if taken < count {
        value = value * 10 + digit
        taken += 1
      } else if digit != 0 {
        hasRest = true
        break
      }
    }
    while taken < count {
      value *= 10
      taken += 1
    }
    return isNegative ? -value - (hasRest ? 1 : 0) : value
  }
}
